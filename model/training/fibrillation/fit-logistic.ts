import { FIBRILLATION_FEATURES } from "../../../signal/waveform/fibrillation-features.ts";
import { standardised } from "../../../signal/waveform/fibrillation-judge.ts";
import type { FibrillationWeights } from "../../../signal/waveform/fibrillation-weights.ts";

const COUNT = FIBRILLATION_FEATURES.length;
const SIZE = COUNT + 1;
/** Strength of the ridge, in examples: the patients are few. */
const RIDGE = 10;
const STEPS = 12;

/** Seconds to learn from. `features`: [length, FIBRILLATION_FEATURES.length]. */
export interface Examples {
  readonly features: Float64Array;
  /** [length]: 1 fibrillation, 0 none. */
  readonly labels: Uint8Array;
  /** [length]: how much each counts. */
  readonly weights: Float64Array;
}

/** Weighted logistic regression with a ridge, by Newton's method (iteratively reweighted least squares). */
export function fitLogistic({ features, labels, weights }: Examples): FibrillationWeights {
  const { mean, deviation } = standard(features);
  const rows = labels.length;
  const x = new Float64Array(rows * SIZE);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < COUNT; i++) {
      x[row * SIZE + i] = standardised(features[row * COUNT + i], mean[i], deviation[i]);
    }
    x[row * SIZE + COUNT] = 1;
  }
  const fitted = new Float64Array(SIZE);
  for (let step = 0; step < STEPS; step++) {
    const hessian = new Float64Array(SIZE * SIZE);
    const gradient = new Float64Array(SIZE);
    for (let i = 0; i < COUNT; i++) {
      hessian[i * SIZE + i] = RIDGE;
      gradient[i] = -RIDGE * fitted[i];
    }
    for (let row = 0; row < rows; row++) {
      const at = row * SIZE;
      let logit = 0;
      for (let i = 0; i < SIZE; i++) logit += fitted[i] * x[at + i];
      const p = 1 / (1 + Math.exp(-logit));
      const error = weights[row] * (labels[row] - p);
      const curvature = weights[row] * Math.max(1e-6, p * (1 - p));
      for (let i = 0; i < SIZE; i++) {
        const own = x[at + i];
        gradient[i] += error * own;
        for (let j = 0; j <= i; j++) hessian[i * SIZE + j] += curvature * own * x[at + j];
      }
    }
    const change = solve(hessian, gradient);
    for (let i = 0; i < SIZE; i++) fitted[i] += change[i];
  }
  return {
    mean: rounded(mean),
    deviation: rounded(deviation),
    weights: rounded(fitted.subarray(0, COUNT)),
    offset: Number(fitted[COUNT].toPrecision(6)),
  };
}

/** Mean and standard deviation of each feature. */
function standard(features: Float64Array): { mean: Float64Array; deviation: Float64Array } {
  const rows = features.length / COUNT;
  const mean = new Float64Array(COUNT);
  const deviation = new Float64Array(COUNT);
  features.forEach((value, at) => void (mean[at % COUNT] += value / rows));
  features.forEach((value, at) => void (deviation[at % COUNT] += (value - mean[at % COUNT]) ** 2 / rows));
  return { mean, deviation: deviation.map((variance) => Math.sqrt(variance) + 1e-9) };
}

/** Solves `a` · x = b by Cholesky's method; `a` [SIZE, SIZE], positive definite, of which the lower half is read, is overwritten. */
function solve(a: Float64Array, b: Float64Array): Float64Array {
  for (let i = 0; i < SIZE; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * SIZE + j];
      for (let k = 0; k < j; k++) sum -= a[i * SIZE + k] * a[j * SIZE + k];
      a[i * SIZE + j] = i === j ? Math.sqrt(sum) : sum / a[j * SIZE + j];
    }
  }
  const x = b.slice();
  for (let i = 0; i < SIZE; i++) {
    for (let k = 0; k < i; k++) x[i] -= a[i * SIZE + k] * x[k];
    x[i] /= a[i * SIZE + i];
  }
  for (let i = SIZE - 1; i >= 0; i--) {
    for (let k = i + 1; k < SIZE; k++) x[i] -= a[k * SIZE + i] * x[k];
    x[i] /= a[i * SIZE + i];
  }
  return x;
}

const rounded = (values: Float64Array): number[] => Array.from(values, (value) => Number(value.toPrecision(6)));
