import { expect, test } from "vitest";
import { calibrationOf } from "./calibration.ts";
import { predictedClasses, rowAnswers, rowConfusion, rowFigures } from "./rows.ts";

test("figures of a confusion worked out by hand", () => {
  const figures = rowFigures([
    [90, 5, 5, 0, 0],
    [4, 6, 0, 0, 0],
    [0, 0, 20, 0, 0],
    [0, 0, 0, 0, 0],
    [0, 0, 5, 0, 5],
  ]);
  expect(figures.rows).toBe(140);
  expect(figures.accuracy).toBeCloseTo(121 / 140);
  expect(figures.classes.N).toMatchObject({ se: 0.9, ppv: 90 / 94, support: 100 });
  expect(figures.classes.V).toMatchObject({ se: 1, ppv: 20 / 30, f1: 0.8 });
  expect(figures.classes.F).toEqual({ se: null, ppv: null, f1: null, support: 0 });
  const f1 = [180 / 194, 12 / 21, 0.8, 10 / 15];
  expect(figures.macroF1).toBeCloseTo(f1.reduce((sum, value) => sum + value, 0) / 4);
});

const probabilities = Float32Array.of(0.1, 0.6, 0.1, 0.1, 0.1, 0.2, 0.2, 0.2, 0.2, 0.2, 0, 0, 0, 0, 1);

test("the most probable class is predicted, and counted against the row's label", () => {
  expect([...predictedClasses(probabilities)]).toEqual([1, 0, 4]);
  const confusion = rowConfusion(probabilities, [1, 2, 4]);
  expect(confusion[1][1] + confusion[2][0] + confusion[4][4]).toBe(3);
});

test("one row gone wrong counts by its confidence, and Q has a say", () => {
  const row = probabilities.subarray(0, 5);
  expect(calibrationOf(rowAnswers(row, [4])).ece).toBeCloseTo(0.6, 6);
  expect(calibrationOf(rowAnswers(row, [1])).ece).toBeCloseTo(0.4, 6);
  expect(calibrationOf(rowAnswers(probabilities.subarray(10), [4]))).toMatchObject({ ece: 0, brier: 0 });
  expect(calibrationOf(rowAnswers(probabilities.subarray(10), [0])).brier).toBe(2);
});
