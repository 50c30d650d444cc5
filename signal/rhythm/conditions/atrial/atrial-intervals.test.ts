import { expect, test } from "vitest";
import { AtrialIntervals } from "./atrial-intervals.ts";
import { sampleEntropy } from "./sample-entropy.ts";

/** What the intervals say behind these beats, each with a P wave that is as the last ones were. */
function after(intervalsMs: readonly number[], pWave = 0.8): AtrialIntervals {
  const intervals = new AtrialIntervals();
  let sample = 0;
  intervals.add({ sample, beatClass: "N", rrMs: null, pWave }, true);
  for (const rrMs of intervalsMs) {
    sample += rrMs;
    intervals.add({ sample, beatClass: "N", rrMs, pWave }, true);
  }
  return intervals;
}
const times = (count: number, rrMs: (i: number) => number): number[] =>
  Array.from({ length: count }, (_, i) => rrMs(i));

test("say nothing before there are 16", () => {
  expect(after(times(15, () => 800)).features()).toBeNull();
  expect(after(times(16, () => 800)).features()).not.toBeNull();
});

test("are described by entropy, the share that is irregular, their mean and their P waves; the last 32 are", () => {
  const last = times(32, (i) => (i % 4 === 0 ? 700 : 900));
  const features = after([...times(40, () => 1200), ...last]).features();
  expect(features?.entropy).toBeCloseTo(sampleEntropy(last), 10);
  expect(features?.irregularShare).toBeCloseTo(15 / 31, 10);
  expect(features?.lnMeanRr).toBeCloseTo(Math.log(0.85), 10);
  expect(features?.pWave).toBeCloseTo(0.8, 10);
});

test("P waves are not known where the T wave of the beat before lies in their place; of a quarter of the beats they must be", () => {
  expect(after(times(32, () => 480)).features()?.pWave).toBeNull();
  expect(after(times(32, (i) => (i % 4 === 0 ? 800 : 480))).features()?.pWave).toBeCloseTo(0.8, 10);
  expect(after(times(32, (i) => (i % 5 === 0 ? 800 : 480))).features()?.pWave).toBeNull();
});

test("beside beats that are not atrial, and in noise, there are none", () => {
  const intervals = after(times(20, () => 800));
  const count = intervals.beatSamples.length;
  const beat = { sample: 20_000, rrMs: 800, pWave: null };
  expect(intervals.add({ ...beat, beatClass: "V" }, true)).toBe(false);
  expect(intervals.add({ ...beat, beatClass: "N" }, true)).toBe(false);
  expect(intervals.add({ ...beat, beatClass: "S" }, true)).toBe(true);
  expect(intervals.add({ ...beat, beatClass: "N" }, false)).toBe(false);
  expect(intervals.beatSamples).toHaveLength(count + 1);
});
