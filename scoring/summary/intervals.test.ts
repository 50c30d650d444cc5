import { expect, test } from "vitest";
import type { Confusion } from "../score.ts";
import { figureChanges, figureIntervals, resampleFigures } from "./intervals.ts";

/** `right` N beats of which `wrong` more are called V and `rejected` more are Q. */
const record = (right: number, wrong: number, rejected = 0): Confusion => {
  const confusion = Array.from({ length: 6 }, () => [0, 0, 0, 0, 0, 0]);
  confusion[0] = [right, 0, wrong, 0, rejected, 0];
  return confusion;
};

test("a change by hand, and the same change in every record has no width", () => {
  const before = [record(90, 10), record(60, 40), record(100, 0)];
  const after = [record(80, 10, 10), record(50, 40, 10), record(90, 0, 10)];
  const { accuracy, coverage, classes, qrs } = figureChanges(resampleFigures(before), resampleFigures(after));
  expect(accuracy.value).toBeCloseTo(-30 / 300, 12);
  expect(accuracy.interval?.[0]).toBeCloseTo(-0.1, 12);
  expect(accuracy.interval?.[1]).toBeCloseTo(-0.1, 12);
  expect(coverage.value).toBeCloseTo(-0.1, 12);
  expect(classes.N.se.value).toBeCloseTo(-0.1, 12);
  expect(classes.F.f1).toEqual({ value: null, interval: null });
  expect(qrs.se).toEqual({ value: 0, interval: [0, 0] });
  const unpaired = figureIntervals(resampleFigures(after)).accuracy ?? [0, 0];
  expect(unpaired[1] - unpaired[0]).toBeGreaterThan(0.2);
});

test("changes that differ between records have an interval around them", () => {
  const before = [record(90, 10), record(60, 40), record(100, 0), record(70, 30)];
  const after = [record(90, 10), record(40, 60), record(95, 5), record(75, 25)];
  const { value, interval } = figureChanges(resampleFigures(before), resampleFigures(after)).accuracy;
  expect(value).toBeCloseTo(-20 / 400, 12);
  expect(interval?.[0]).toBeLessThan(-0.1);
  expect(interval?.[1]).toBeGreaterThan(0);
});
