/** A logistic regression over standardised features. */
interface LogisticWeights {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
  readonly weights: readonly number[];
  readonly offset: number;
}

/** Features are clipped to so many standard deviations. */
const MOST = 4;
/** Strength of the ridge, in examples: the patients are few. */
const RIDGE = 10;
const STEPS = 12;

/** What is learned from. `features`: [length, features of each]. */
export interface Examples {
  readonly features: Float64Array;
  /** [length]: 1 fibrillation, 0 none. */
  readonly labels: Uint8Array;
  /** [length]: how much each counts. */
  readonly weights: Float64Array;
  /** [length]: log odds that are known apart from the features; default: none. */
  readonly known?: Float64Array;
}

/** Weighted logistic regression with a ridge, by Newton's method (iteratively reweighted least squares). */
export function fitLogistic({ features, labels, weights, known }: Examples): LogisticWeights {
  const rows = labels.length;
  const count = features.length / rows;
  const size = count + 1;
  const { mean, deviation } = standard(features, count);
  const x = new Float64Array(rows * size);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < count; i++) {
      x[row * size + i] = standardised(features[row * count + i], mean[i], deviation[i]);
    }
    x[row * size + count] = 1;
  }
  const fitted = new Float64Array(size);
  for (let step = 0; step < STEPS; step++) {
    const hessian = new Float64Array(size * size);
    const gradient = new Float64Array(size);
    for (let i = 0; i < count; i++) {
      hessian[i * size + i] = RIDGE;
      gradient[i] = -RIDGE * fitted[i];
    }
    for (let row = 0; row < rows; row++) {
      const at = row * size;
      let logit = known?.[row] ?? 0;
      for (let i = 0; i < size; i++) logit += fitted[i] * x[at + i];
      const p = 1 / (1 + Math.exp(-logit));
      const error = weights[row] * (labels[row] - p);
      const curvature = weights[row] * Math.max(1e-6, p * (1 - p));
      for (let i = 0; i < size; i++) {
        const own = x[at + i];
        gradient[i] += error * own;
        for (let j = 0; j <= i; j++) hessian[i * size + j] += curvature * own * x[at + j];
      }
    }
    const change = solve(hessian, gradient);
    for (let i = 0; i < size; i++) fitted[i] += change[i];
  }
  return {
    mean: rounded(mean),
    deviation: rounded(deviation),
    weights: rounded(fitted.subarray(0, count)),
    offset: Number(fitted[count].toPrecision(6)),
  };
}

/** Mean and standard deviation of each feature. */
function standard(features: Float64Array, count: number): { mean: Float64Array; deviation: Float64Array } {
  const rows = features.length / count;
  const mean = new Float64Array(count);
  const deviation = new Float64Array(count);
  features.forEach((value, at) => void (mean[at % count] += value / rows));
  features.forEach((value, at) => void (deviation[at % count] += (value - mean[at % count]) ** 2 / rows));
  return { mean, deviation: deviation.map((variance) => Math.sqrt(variance) + 1e-9) };
}

/** Solves `a` · x = b by Cholesky's method; `a` [size, size], positive definite, of which the lower half is read, is overwritten. */
function solve(a: Float64Array, b: Float64Array): Float64Array {
  const size = b.length;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * size + j];
      for (let k = 0; k < j; k++) sum -= a[i * size + k] * a[j * size + k];
      a[i * size + j] = i === j ? Math.sqrt(sum) : sum / a[j * size + j];
    }
  }
  const x = b.slice();
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i] -= a[i * size + k] * x[k];
    x[i] /= a[i * size + i];
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i] -= a[k * size + i] * x[k];
    x[i] /= a[i * size + i];
  }
  return x;
}

const rounded = (values: Float64Array): number[] => Array.from(values, (value) => Number(value.toPrecision(6)));

const standardised = (value: number, mean: number, deviation: number): number =>
  Math.max(-MOST, Math.min(MOST, (value - mean) / deviation));
