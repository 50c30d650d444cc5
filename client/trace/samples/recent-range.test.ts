import { expect, test } from "vitest";
import { RecentRange } from "./recent-range.ts";

const RATE = 100;

/** Each second a flat line with one sample of that height in its middle. */
function after(...peaks: readonly number[]): RecentRange {
  const range = new RecentRange(RATE);
  for (const peak of peaks) for (let at = 0; at < RATE; at++) range.push(at === RATE / 2 ? peak : 0);
  return range;
}

const times = (count: number, value: number): number[] => Array.from({ length: count }, () => value);

test("before two seconds are known, nothing is", () => {
  const { low, high } = after(3).extremes;
  expect(low).toBeGreaterThan(high);
  expect(after(3).seconds).toBe(1);
});

test("one tall second is an artefact, two are the signal", () => {
  expect(after(1, 1, 4, 1).extremes).toEqual({ low: 0, high: 1 });
  expect(after(1, 4, 1, 4).extremes).toEqual({ low: 0, high: 4 });
  expect(after(1, -4, 1, -3).extremes).toEqual({ low: -3, high: 1 });
});

test("what was 20 seconds ago is forgotten", () => {
  expect(after(4, 4, ...times(18, 1)).extremes.high).toBe(4);
  expect(after(4, 4, ...times(19, 1)).extremes.high).toBe(1);
});

test("the filter's swing behind a hole is no signal", () => {
  const range = after(1, 1, 1);
  for (const value of [Number.NaN, ...times(RATE, 9), ...times(RATE, 0), Number.NaN, ...times(RATE, 9)])
    range.push(value);
  expect(range.extremes).toEqual({ low: 0, high: 1 });
});
