import { expect, test } from "vitest";
import { createRandom } from "../../../kit/random.ts";
import { FIBRILLATION_FEATURES } from "../../../signal/waveform/fibrillation-features.ts";
import { fibrillationProbability } from "../../../signal/waveform/fibrillation-score.ts";
import { binned } from "./bins.ts";
import { type Examples, fitTrees } from "./fit-trees.ts";

const COUNT = FIBRILLATION_FEATURES.length;
const AMPLITUDE = FIBRILLATION_FEATURES.indexOf("amplitude");
const [LEAKAGE, PERIOD] = ["leakage", "period"].map((name) => FIBRILLATION_FEATURES.findIndex((one) => one === name));

/** Of random features those are fibrillation that `isOne` says. */
function examples(rows: number, isOne: (row: Float64Array) => boolean): Examples {
  const random = createRandom(1, "rows");
  const features = Float64Array.from({ length: rows * COUNT }, () => random.normal());
  const labels = Uint8Array.from({ length: rows }, (_, row) =>
    Number(isOne(features.subarray(row * COUNT, (row + 1) * COUNT))),
  );
  return { features, labels, weights: new Float64Array(rows).fill(1) };
}

function shareRight({ features, labels }: Examples, trees: ReturnType<typeof fitTrees>): number {
  const right = labels.filter(
    (label, row) => fibrillationProbability(features, row * COUNT, trees) > 0.5 === (label === 1),
  );
  return right.length / labels.length;
}

test("what two features say together, and neither alone, is learned; the same from the same seed", () => {
  const both = examples(4000, (row) => row[LEAKAGE] > 0.2 === row[PERIOD] > -0.1);
  const trees = fitTrees(both, 1);
  expect(shareRight(both, trees)).toBeGreaterThan(0.95);
  expect(fitTrees(both, 1)).toEqual(trees);
});

test("the amplitude tells nothing, whatever it would tell", () => {
  const loud = examples(2000, (row) => row[AMPLITUDE] > 0);
  const trees = fitTrees(loud, 1);
  expect(trees.features).not.toContain(AMPLITUDE);
  expect(shareRight(loud, trees)).toBeLessThan(0.75);
});

test("where nothing is to be told all is left, and leaves are the offset's", () => {
  const trees = fitTrees(
    examples(500, () => false),
    1,
  );
  expect(Math.max(...trees.leaves)).toBeLessThanOrEqual(0);
  expect(trees.offset).toBeLessThan(-3);
});

test("a value is in the step above every edge that it exceeds; equal ones have one edge", () => {
  const { edges, codes } = binned(Float64Array.from([3, 1, 2, 2, 2, 2]), 1);
  expect(edges).toEqual([[1, 2, 3]]);
  expect([...codes]).toEqual([2, 0, 1, 1, 1, 1]);
});
