import { expect, test } from "vitest";
import type { Frame } from "../../../contracts/frame.ts";
import { BedTrace } from "./bed-trace.ts";

const RATE = 250;

/** A frame of 50 samples that hold their own index, in µV, over the epoch's start. */
function frame(epoch: string, firstSample: number): Frame {
  const samples = Int16Array.from({ length: 50 }, (_, index) => firstSample + index);
  return {
    bed: "b1",
    epoch,
    epochStartMs: 0,
    sequence: firstSample / 50,
    firstSample,
    producedAtMs: 0,
    samplingRateHz: RATE,
    leads: [{ name: "II", gainAduPerMv: 1000, baselineAdu: 0, unit: "mV", samples }],
    last: false,
    source: "test",
  };
}

const received = ({ leads }: BedTrace, position: number): number => Math.round(1000 * leads[0].received.at(position));

test("a late frame fills its hole, a second copy changes nothing", () => {
  const trace = new BedTrace(frame("a", 0));
  for (const first of [0, 100, 50, 50, 0]) trace.accept(frame("a", first), 0);
  expect([0, 49, 50, 99, 100, 149].map((at) => received(trace, at))).toEqual([0, 49, 50, 99, 100, 149]);
  expect(trace.leads[0].received.end).toBe(150);
});

test("another epoch follows behind a gap, and the one before it is over", () => {
  const trace = new BedTrace(frame("a", 0));
  trace.accept(frame("a", 1000), 0);
  trace.accept(frame("b", 0), 0);
  const begin = 50 + 0.2 * RATE;
  expect(received(trace, begin + 7)).toBe(7);
  expect(received(trace, begin - 1)).toBe(Number.NaN);
  trace.accept(frame("a", 1050), 0);
  expect(received(trace, 50)).toBe(Number.NaN);
  trace.mark({ epoch: "b", sample: 7, beatClass: "V" });
  trace.mark({ epoch: "unheard", sample: 7, beatClass: "V" });
  expect(trace.marks.map(({ position }) => position)).toEqual([begin + 7]);
});

test.each([
  ["another epoch", frame("x", 0)],
  ["far ahead", frame("a", 50 * 10_000_000)],
])("a stray of %s stops the trace for one true frame, not for good", (_, stray) => {
  const trace = new BedTrace(frame("a", 0));
  trace.accept(frame("a", 0), 0);
  trace.accept(stray, 0);
  const { end } = trace.leads[0].received;
  for (const first of [50, 100, 150]) trace.accept(frame("a", first), 0);
  expect(trace.leads[0].received.end).toBe(end + 0.2 * RATE + 100);
  expect(received(trace, trace.leads[0].received.end - 1)).toBe(199);
  trace.mark({ epoch: "a..lqk2m8", sample: 120, beatClass: "N" });
  expect(trace.marks.map(({ position }) => position)).toEqual([end + 0.2 * RATE + 20]);
});

test("a count of samples that begins again goes on behind what is here", () => {
  const trace = new BedTrace(frame("a", 0));
  for (let first = 0; first < 20 * RATE; first += 50) trace.accept(frame("a", first), 0);
  for (const first of [0, 50, 100]) trace.accept(frame("a", first), 0);
  expect(trace.leads[0].received.end).toBe(20 * RATE + 0.2 * RATE + 100);
});

test("a frame of another rate or other leads does not fit", () => {
  const trace = new BedTrace(frame("a", 0));
  const one = frame("a", 50);
  expect(trace.fits(one)).toBe(true);
  expect(trace.fits({ ...one, samplingRateHz: 360 })).toBe(false);
  expect(trace.fits({ ...one, leads: [{ ...one.leads[0], name: "V1" }] })).toBe(false);
  expect(trace.fits({ ...one, leads: [one.leads[0], one.leads[0]] })).toBe(false);
});

test("what is shown follows the head, without the baseline, and keeps its holes", () => {
  const trace = new BedTrace(frame("a", 0));
  for (let n = 0; n < 40; n++) {
    if (n !== 20)
      trace.accept({ ...frame("a", n * 50), leads: [{ ...frame("a", 0).leads[0], baselineAdu: 5000 }] }, n * 200);
    trace.advance(n * 200);
  }
  const head = trace.advance(8000);
  const { shown } = trace.leads[0];
  expect(shown.end).toBe(head);
  expect(shown.at(1010)).toBe(Number.NaN);
  expect(Math.abs(shown.at(900))).toBeLessThan(0.5);
});
