import { expect, test } from "vitest";
import { type Answer, calibrationFrom, calibrationOf, calibrationSums, riskCoverage } from "./calibration.ts";
import type { ScoredClass } from "./figures.ts";

/** A beat of class `truth` that was called `called` with probability `p`, the rest being the last other class's. */
function answer(truth: ScoredClass, called: ScoredClass, p: number): Answer {
  const probabilities = { N: 0, S: 0, V: 0, F: 0 };
  probabilities[called === "F" ? "V" : "F"] = 1 - p;
  probabilities[called] = p;
  return { truth, probabilities };
}

const repeat = (count: number, one: Answer): Answer[] => Array.from({ length: count }, () => one);

test("by hand: two bins, one too sure of itself", () => {
  const answers = [
    ...repeat(6, answer("N", "N", 0.9)),
    ...repeat(4, answer("V", "N", 0.9)),
    ...repeat(7, answer("V", "V", 0.7)),
    ...repeat(3, answer("N", "V", 0.7)),
  ];
  const { beats, ece, brier, bins } = calibrationOf(answers);
  expect(beats).toBe(20);
  expect(ece).toBeCloseTo((10 * 0.3 + 10 * 0) / 20, 12);
  expect(bins).toHaveLength(15);
  expect(bins[13]).toMatchObject({ count: 10, accuracy: 0.6, confidence: expect.closeTo(0.9, 12) });
  expect(bins[10]).toMatchObject({ count: 10, accuracy: 0.7, confidence: expect.closeTo(0.7, 12) });
  expect(bins[0]).toMatchObject({ count: 0, accuracy: null, confidence: null });
  const wrong = (p: number) => p ** 2 + 1 + (1 - p) ** 2;
  const right = (p: number) => 2 * (1 - p) ** 2;
  expect(brier).toBeCloseTo((6 * right(0.9) + 4 * wrong(0.9) + 7 * right(0.7) + 3 * wrong(0.7)) / 20, 12);
});

test("records' sums add up to the calibration of all", () => {
  const some = [answer("N", "N", 0.875), answer("V", "N", 0.625)];
  const others = [answer("S", "S", 0.75), answer("V", "V", 1), answer("F", "V", 0.5)];
  expect(calibrationFrom([calibrationSums(some), calibrationSums(others)])).toEqual(
    calibrationOf([...some, ...others]),
  );
  expect(calibrationFrom([])).toMatchObject({ beats: 0, ece: null });
});

test("a bin takes its upper edge; certainty is in the last one", () => {
  const { bins } = calibrationOf([answer("N", "N", 1), answer("N", "N", 0.6), answer("N", "N", 0.61)]);
  expect(bins.map(({ count }) => count)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1]);
});

test("no answers, no figures", () => {
  expect(calibrationOf([])).toMatchObject({ beats: 0, ece: null, brier: null });
  expect(riskCoverage([])).toEqual({ area: null, points: [] });
});

test("risk and coverage by hand; beats of equal confidence are called together", () => {
  const { area, points } = riskCoverage([
    answer("N", "N", 0.8),
    answer("V", "V", 0.99),
    answer("V", "N", 0.6),
    answer("N", "N", 0.9),
    answer("S", "N", 0.6),
  ]);
  expect(points.map(({ threshold, coverage, risk }) => [threshold, coverage, risk])).toEqual([
    [0.6, 1, 0.4],
    [0.8, 0.6, 0],
    [0.9, 0.4, 0],
    [0.99, 0.2, 0],
  ]);
  expect(points[0].f1).toEqual({ N: (2 * 2) / (2 + 4), S: 0, V: 2 / 3, F: null });
  expect(area).toBeCloseTo((0 + 0 + 0 + 1 / 4 + 2 / 5) / 5, 12);
});

test("a curve of many answers has at most fifty points, from all to few", () => {
  const answers = Array.from({ length: 1000 }, (_, i) => answer("N", i % 10 === 0 ? "V" : "N", 0.5 + i / 2000));
  const { points } = riskCoverage(answers);
  expect(points).toHaveLength(50);
  expect(points[0].coverage).toBe(1);
  expect(points[0].risk).toBeCloseTo(0.1, 12);
  expect(points.map(({ coverage }) => coverage)).toEqual(
    points.map((point) => point.coverage).toSorted((a, b) => b - a),
  );
});
