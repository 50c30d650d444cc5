import { expect, test } from "vitest";
import { falsePositiveRates, standardFigures } from "./ec57.ts";

/** Rows: reference; columns: N S V F Q O. */
const CONFUSION = [
  [80, 2, 3, 0, 1, 4],
  [5, 10, 0, 0, 0, 0],
  [1, 0, 20, 1, 0, 2],
  [0, 0, 3, 0, 0, 1],
  [7, 1, 9, 0, 6, 2],
  [2, 0, 1, 0, 4, 0],
];

test("false positive rates by hand: reference Q is not scored, missed beats are not given out", () => {
  const rates = falsePositiveRates(CONFUSION);
  // N: called so 5 + 1 + 0 + 2 of S 15, V 22, F 3, false 7.
  expect(rates.N).toBeCloseTo(8 / 47, 12);
  // V: called so 3 + 0 + 3 + 1 of N 86, S 15, F 3, false 7.
  expect(rates.V).toBeCloseTo(7 / 111, 12);
  expect(rates.S).toBeCloseTo(2 / (86 + 22 + 3 + 7), 12);
  expect(rates.F).toBeCloseTo(1 / (86 + 15 + 22 + 7), 12);
});

test("the standard's own rules by hand: F and Q called V, and Q called S, are no errors", () => {
  const { V, S } = standardFigures(CONFUSION);
  expect(V).toEqual({
    se: 20 / 24,
    ppv: 20 / (20 + 3 + 0 + 1),
    // Not V and not called V: N 83, S 15, F 0, Q 14, false 6.
    fpr: 4 / (4 + 83 + 15 + 0 + 14 + 6),
  });
  expect(S).toEqual({
    se: 10 / 15,
    ppv: 10 / (10 + 2 + 0 + 0 + 0),
    fpr: 2 / (2 + 84 + 22 + 3 + 22 + 7),
  });
});

test("where nothing is there, nothing is said", () => {
  const none = CONFUSION.map((row) => row.map(() => 0));
  expect(falsePositiveRates(none)).toEqual({ N: null, S: null, V: null, F: null });
  expect(standardFigures(none).V).toEqual({ se: null, ppv: null, fpr: null });
});
