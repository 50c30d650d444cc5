import { createRandom } from "../../../kit/random.ts";
import { FIBRILLATION_FEATURES } from "../../../signal/waveform/fibrillation-features.ts";
import { type FibrillationTrees, LEAVES, SPLITS } from "../../../signal/waveform/fibrillation-score.ts";
import { binned, BINS, type Bins } from "./bins.ts";

const COUNT = FIBRILLATION_FEATURES.length;
const TREES = 60;
const RATE = 0.15;
/** Each tree sees so many of the features, drawn: those that tell the same are all used. None sees the amplitude, which is the gain's as well. */
const FEATURES_PER_TREE = 10;
const SEEN = FIBRILLATION_FEATURES.flatMap((name, index) => (name === "amplitude" ? [] : [index]));
/** Strength of the ridge, in examples' curvature, and the least that a leaf must hold: the patients are few. */
const RIDGE = 50;
const LEAST_CURVATURE = 20;

/** Seconds to learn from. `features`: [length, FIBRILLATION_FEATURES.length]. */
export interface Examples {
  readonly features: Float64Array;
  /** [length]: 1 fibrillation, 0 none. */
  readonly labels: Uint8Array;
  /** [length]: how much each counts. */
  readonly weights: Float64Array;
}

/**
 * Boosts trees of three levels by Newton's method on the logistic loss, over histograms of the features (T. Chen & C. Guestrin:
 * XGBoost, KDD 2016, section 2; leaves are RATE · G / (H + RIDGE)). What is drawn comes from `seed`.
 */
export function fitTrees({ features, labels, weights }: Examples, seed: number): FibrillationTrees {
  const rows = labels.length;
  const bins = binned(features, COUNT);
  const random = createRandom(seed, "fibrillation/trees");
  const [without, withIt] = [0, 1].map((label) =>
    weights.reduce((sum, weight, row) => sum + (labels[row] === label ? weight : 0), 0),
  );
  const offset = rounded(Math.log(withIt / without));
  const logits = new Float64Array(rows).fill(offset);
  const fitted: Grown = { features: [], thresholds: [], leaves: [] };
  const slopes: Slopes = { gradient: new Float64Array(rows), curvature: new Float64Array(rows) };
  for (let tree = 0; tree < TREES; tree++) {
    for (let row = 0; row < rows; row++) {
      const p = 1 / (1 + Math.exp(-logits[row]));
      slopes.gradient[row] = weights[row] * (labels[row] - p);
      slopes.curvature[row] = weights[row] * p * (1 - p);
    }
    const leafOf = grow(bins, slopes, drawn(random.uniform), fitted);
    const leaves = fitted.leaves.slice(-LEAVES);
    for (let row = 0; row < rows; row++) logits[row] += leaves[leafOf[row]];
  }
  return { ...fitted, offset };
}

interface Slopes {
  readonly gradient: Float64Array;
  readonly curvature: Float64Array;
}

interface Grown {
  readonly features: number[];
  readonly thresholds: number[];
  readonly leaves: number[];
}

/** Some of the features' indices. */
function drawn(uniform: () => number): number[] {
  const left = [...SEEN];
  while (left.length > FEATURES_PER_TREE) left.splice(Math.floor(uniform() * left.length), 1);
  return left;
}

/** Puts one more tree behind `fitted`; returns each row's leaf. */
function grow(bins: Bins, slopes: Slopes, among: readonly number[], fitted: Grown): Uint8Array {
  const rows = slopes.gradient.length;
  const nodeOf = new Uint8Array(rows);
  for (let first = 0, nodes = 1; first < SPLITS; first += nodes, nodes *= 2) {
    const best = bestSplits(bins, slopes, among, nodeOf, nodes);
    for (const { feature, edge } of best) {
      fitted.features.push(feature);
      fitted.thresholds.push(edge < 0 ? Number.POSITIVE_INFINITY : bins.edges[feature][edge]);
    }
    for (let row = 0; row < rows; row++) {
      const { feature, edge } = best[nodeOf[row]];
      const right = edge >= 0 && bins.codes[feature * rows + row] > edge;
      nodeOf[row] = 2 * nodeOf[row] + Number(right);
    }
  }
  const gradient = new Float64Array(LEAVES);
  const curvature = new Float64Array(LEAVES);
  for (let row = 0; row < rows; row++) {
    gradient[nodeOf[row]] += slopes.gradient[row];
    curvature[nodeOf[row]] += slopes.curvature[row];
  }
  gradient.forEach((sum, leaf) => fitted.leaves.push(rounded((RATE * sum) / (curvature[leaf] + RIDGE))));
  return nodeOf;
}

interface Split {
  readonly feature: number;
  /** What lies above it goes right; −1: nothing does. */
  readonly edge: number;
  readonly gain: number;
}

/** The best split of each node of a level. */
function bestSplits(
  bins: Bins,
  { gradient, curvature }: Slopes,
  among: readonly number[],
  nodeOf: Uint8Array,
  nodes: number,
): Split[] {
  const rows = gradient.length;
  const best: Split[] = Array.from({ length: nodes }, () => ({ feature: among[0], edge: -1, gain: 1e-9 }));
  const sums = new Float64Array(nodes * BINS);
  const curves = new Float64Array(nodes * BINS);
  for (const feature of among) {
    sums.fill(0);
    curves.fill(0);
    const codes = bins.codes.subarray(feature * rows, (feature + 1) * rows);
    for (let row = 0; row < rows; row++) {
      const at = nodeOf[row] * BINS + codes[row];
      sums[at] += gradient[row];
      curves[at] += curvature[row];
    }
    for (let node = 0; node < nodes; node++) {
      const own = [node * BINS, (node + 1) * BINS] as const;
      const { edge, gain } = bestEdge(sums.subarray(...own), curves.subarray(...own), bins.edges[feature].length);
      if (gain > best[node].gain) best[node] = { feature, edge, gain };
    }
  }
  return best;
}

/** Of one node's histogram. */
function bestEdge(sums: Float64Array, curves: Float64Array, edges: number): Omit<Split, "feature"> {
  const worth = (sum: number, curve: number): number => (sum * sum) / (curve + RIDGE);
  const total = sums.reduce((sum, one) => sum + one, 0);
  const curve = curves.reduce((sum, one) => sum + one, 0);
  let best = { edge: -1, gain: 0 };
  let [left, leftCurve] = [0, 0];
  for (let edge = 0; edge < edges; edge++) {
    left += sums[edge];
    leftCurve += curves[edge];
    if (leftCurve < LEAST_CURVATURE || curve - leftCurve < LEAST_CURVATURE) continue;
    const gain = worth(left, leftCurve) + worth(total - left, curve - leftCurve) - worth(total, curve);
    if (gain > best.gain) best = { edge, gain };
  }
  return best;
}

const rounded = (value: number): number => Number(value.toPrecision(4));
