import { expect, test } from "vitest";
import type { Frame, FrameLead } from "../../../contracts/frame.ts";
import { framesOf, RATE } from "../../../testing/pipeline/frames.ts";
import type { BedEvent } from "./bed-event.ts";
import { Beds } from "./beds.ts";

const provenance = { partition: 0, offset: 0, receivedAtMs: 0, assignment: 0 };

const frames = framesOf("b1", RATE);

/** A frame's first lead under another label, behind such leads as a monitor sends beside it. */
function beside(frame: Frame, others: readonly Partial<FrameLead>[], label: Partial<FrameLead>): Frame {
  const [ecg] = frame.leads;
  const samples = new Int16Array(ecg.samples.length).fill(5000);
  return { ...frame, leads: [...others.map((other) => ({ ...ecg, samples, ...other })), { ...ecg, ...label }] };
}

/** What the lead tells that is heard. */
function hear(all: readonly Frame[]): BedEvent[] {
  const beds = new Beds(1);
  const events = all.flatMap((frame) => beds.bed("b1", 0).push(frame, provenance)).flatMap((work) => work.events);
  return events.filter((event) => event.type !== "other" && (event.type !== "beat" || event.isHeard));
}

const ABP = { name: "ABP", unit: "mmHg", gainAduPerMv: 64.02 };
const PLETH = { name: "PLETH", unit: "NU" };
const RESP = { name: "RESP", unit: "mV" };

test.each([
  ["ABP before it", [ABP], { name: "ECG" }],
  ["ABP and PLETH before it", [ABP, PLETH], { name: "V", unit: "v" }],
  ["RESP in mV before it", [RESP], { name: "sensor", unit: "\u00b5V" }],
  ["ABP before it, no unit", [ABP], { name: "I", unit: "" }],
  ["another lead before it", [{ name: "V1", unit: "mV" }], { name: "ECG II", unit: "uV" }],
])("the ECG is heard with %s", (_, others, label) => {
  const alone = hear(frames.map((frame) => beside(frame, [], { name: "II" })));
  expect(alone.filter(({ type }) => type === "beat").length).toBeGreaterThan(60);
  expect(hear(frames.map((frame) => beside(frame, others, label)))).toEqual(alone);
});

test("a frame without an ECG is refused by the names and units of its leads, and no epoch begins", () => {
  const beds = new Beds(1);
  const bed = beds.bed("b1", 0);
  const [first] = frames;
  const ecg = first.leads[0];
  const without = { ...first, leads: [ABP, PLETH, RESP].map((lead) => ({ ...ecg, ...lead })) };
  expect(() => bed.push(without, provenance)).toThrow(
    expect.objectContaining({
      code: "BAD_FRAME",
      message: expect.stringMatching(/^frame 0 of bed b1, epoch e: none .*: ABP \(mmHg\), PLETH \(NU\), RESP \(mV\); /),
    }),
  );
  expect(bed.epoch).toBeNull();
});

test("a lead that becomes another unit within an epoch is refused", () => {
  const beds = new Beds(1);
  const bed = beds.bed("b1", 0);
  bed.push(frames[0], provenance);
  const changed = beside(frames[1], [], { unit: "mmHg" });
  const changedAlone = { ...changed, leads: [...changed.leads, ...frames[1].leads.slice(1)] };
  expect(() => bed.push(changedAlone, provenance)).toThrow(/the unit of lead MLII has become "mmHg"/);
});
