import { expect, test } from "vitest";
import { type FibrillationTrees, fibrillationProbability } from "./fibrillation-score.ts";

const NEVER = Number.POSITIVE_INFINITY;
const logistic = (logit: number): number => 1 / (1 + Math.exp(-logit));

test("what lies above a threshold goes right, level by level; the leaves of all trees are summed", () => {
  const trees: FibrillationTrees = {
    offset: -1,
    features: [0, 1, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0],
    thresholds: [0.5, 0, 3, NEVER, NEVER, NEVER, 7, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER],
    leaves: [1, 9, 2, 9, 3, 9, 4, 5, 0.25, 9, 9, 9, 9, 9, 9, 9],
  };
  const said = (row: number[]): number => fibrillationProbability(row, 0, trees);
  expect(said([0.5, 0, 0])).toBeCloseTo(logistic(-1 + 1 + 0.25));
  expect(said([0.5, 1, 0])).toBeCloseTo(logistic(-1 + 2 + 0.25));
  expect(said([0.6, 3, 0])).toBeCloseTo(logistic(-1 + 3 + 0.25));
  expect(said([0.6, 4, 7])).toBeCloseTo(logistic(-1 + 4 + 0.25));
  expect(fibrillationProbability([8, 8, 8, 0.6, 4, 8], 3, trees)).toBeCloseTo(logistic(-1 + 5 + 0.25));
});
