import { expect, test } from "vitest";
import { beatOf, conditionOf } from "../../../testing/client/messages.ts";
import { BedTrace } from "../samples/bed-trace.ts";
import { FrozenSignal } from "./frozen-signal.ts";

const RATE = 250;

/** Two leads of `seconds`, a wave of 2 Hz of 1 mV and one of half of it. */
function traceOf(seconds: number): BedTrace {
  const trace = new BedTrace({ samplingRateHz: RATE, leads: [{ name: "II" }, { name: "V1" }] });
  for (let first = 0; first < seconds * RATE; first += 50) send(trace, first);
  return trace;
}

function send(trace: BedTrace, first: number): void {
  const wave = Array.from({ length: 50 }, (_, at) => Math.sin((4 * Math.PI * (first + at)) / RATE));
  const leads = [Float32Array.from(wave), Float32Array.from(wave, (mv) => mv / 2)];
  trace.acceptSamples({ epoch: "e1", firstSample: first, count: 50, again: false, leads }, first * 4);
}

const valuesOf = (signal: FrozenSignal, lead = 0): number[] => {
  const { samples } = signal.lead(lead, "diagnostic");
  return Array.from({ length: signal.end - signal.begin }, (_, at) => samples.at(signal.begin + at));
};

test("what is frozen stays as it is, to one common end of all leads, whatever comes later", () => {
  const trace = traceOf(70);
  const signal = new FrozenSignal(trace);
  expect([signal.begin, signal.end]).toEqual([10 * RATE, 70 * RATE]);
  const before = [0, 1].map((lead) => valuesOf(signal, lead));
  expect(before[0].every((mv) => !Number.isNaN(mv))).toBe(true);
  expect(Math.max(...before[0]) / Math.max(...before[1])).toBeCloseTo(2, 1);
  for (let first = 70 * RATE; first < 200 * RATE; first += 50) send(trace, first);
  expect([0, 1].map((lead) => valuesOf(signal, lead))).toEqual(before);
  expect(signal.lead(0, "diagnostic").samples.at(70 * RATE)).toBeNaN();
  expect(signal.lead(0, "diagnostic").samples.at(10 * RATE - 1)).toBeNaN();
});

test("it is shown by the filter that is asked for", () => {
  const trace = new BedTrace({ samplingRateHz: RATE, leads: [{ name: "II" }] });
  for (let first = 0; first < 20 * RATE; first += 50) {
    const drift = Float32Array.from({ length: 50 }, (_, at) => Math.sin((2 * Math.PI * 0.15 * (first + at)) / RATE));
    trace.acceptSamples({ epoch: "e1", firstSample: first, count: 50, again: false, leads: [drift] }, first * 4);
  }
  const signal = new FrozenSignal(trace);
  const { range: still } = signal.lead(0, "monitor");
  const { range: wandering } = signal.lead(0, "diagnostic");
  expect(still.high).toBeLessThan(0.3);
  expect(wandering.high).toBeGreaterThan(0.6);
});

test("beats stand at their fiducial, also those whose class comes later; others than of its time do not", () => {
  const signal = new FrozenSignal(traceOf(10));
  const late = beatOf(2000, { beatClass: "V", fiducialSample: 1990 });
  const beats = signal.beats([beatOf(100), late, beatOf(2500), beatOf(100, { epoch: "unheard", id: "x" })]);
  expect(beats).toEqual([
    { id: "b1/e1/100", peak: 100, position: 100, beatClass: "N" },
    { id: "b1/e1/2000", peak: 2000, position: 1990, beatClass: "V" },
  ]);
});

test("where a lead was off nothing is shown, also where that is heard after it was frozen", () => {
  const trace = traceOf(10);
  const signal = new FrozenSignal(trace);
  const isShown = (second: number): boolean => !Number.isNaN(signal.lead(1, "monitor").samples.at(second * RATE));
  expect(isShown(9)).toBe(true);
  trace.leadOff(conditionOf("lead-off", 8 * RATE, { lead: "V1" }));
  expect([isShown(7), isShown(9)]).toEqual([true, false]);
  expect(Number.isNaN(signal.lead(0, "monitor").samples.at(9 * RATE))).toBe(false);
});
