import { expect, test } from "vitest";
import { predictedClasses, rowConfusion, rowFigures } from "./figures.ts";

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

test("the most probable class is predicted, and counted against the label of the row it was asked of", () => {
  const probabilities = Float32Array.of(0.1, 0.6, 0.1, 0.1, 0.1, 0.2, 0.2, 0.2, 0.2, 0.2, 0, 0, 0, 0, 1);
  expect([...predictedClasses(probabilities)]).toEqual([1, 0, 4]);
  const confusion = rowConfusion(probabilities, Uint8Array.of(9, 9, 1, 2, 4), [2, 3, 4]);
  expect(confusion[1][1] + confusion[2][0] + confusion[4][4]).toBe(3);
});
