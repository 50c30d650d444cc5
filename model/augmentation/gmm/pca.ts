import { BedsideError } from "../../../contracts/errors.ts";
import { eigenOfSymmetric } from "./eigen.ts";

/** Principal components of rows. */
export interface Pca {
  readonly length: number;
  /** [length]: the mean row. */
  readonly mean: Float64Array;
  /** [length × length]: unit vectors, one a row, by falling variance. */
  readonly axes: Float64Array;
  /** [length]: variance along each axis, in the rows' unit squared, ≥ 0. */
  readonly variances: Float64Array;
}

/** Principal components of `count` ≥ 2 rows of `length` (Jolliffe, Principal Component Analysis, §1.1). Throws BAD_ARGUMENT. */
export function fitPca(rows: ArrayLike<number>, count: number, length: number): Pca {
  if (count < 2 || rows.length !== count * length) {
    throw new BedsideError("BAD_ARGUMENT", `PCA of ${count} rows of ${length}: give 2 rows or more, complete ones`);
  }
  const mean = new Float64Array(length);
  for (let i = 0; i < rows.length; i++) mean[i % length] += rows[i] / count;
  const covariance = new Float64Array(length * length);
  const centred = new Float64Array(length);
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < length; i++) centred[i] = rows[row * length + i] - mean[i];
    for (let i = 0; i < length; i++) {
      const value = centred[i] / (count - 1);
      for (let j = i; j < length; j++) covariance[i * length + j] += value * centred[j];
    }
  }
  for (let i = 0; i < length; i++) for (let j = 0; j < i; j++) covariance[i * length + j] = covariance[j * length + i];
  const { values, vectors } = eigenOfSymmetric(covariance, length);
  return { length, mean, axes: vectors, variances: values.map((value) => Math.max(0, value)) };
}

/** How many axes hold at least `share` of the variance, at most `limit`. */
export function axesFor({ variances }: Pca, share: number, limit: number): number {
  const whole = variances.reduce((sum, value) => sum + value, 0);
  let sum = 0;
  for (let i = 0; i < Math.min(limit, variances.length); i++) {
    sum += variances[i];
    if (sum >= share * whole) return i + 1;
  }
  return Math.min(limit, variances.length);
}

/** [count × dimensions]: coordinates of rows along the first axes. */
export function scoresOf({ length, mean, axes }: Pca, rows: ArrayLike<number>, dimensions: number): Float64Array {
  const count = rows.length / length;
  const scores = new Float64Array(count * dimensions);
  for (let row = 0; row < count; row++) {
    for (let d = 0; d < dimensions; d++) {
      let sum = 0;
      for (let i = 0; i < length; i++) sum += (rows[row * length + i] - mean[i]) * axes[d * length + i];
      scores[row * dimensions + d] = sum;
    }
  }
  return scores;
}

/** [length]: the row that has these coordinates along the first axes. */
export function rowOf({ length, mean, axes }: Pca, scores: ArrayLike<number>): Float64Array {
  const row = mean.slice();
  for (let d = 0; d < scores.length; d++) {
    for (let i = 0; i < length; i++) row[i] += scores[d] * axes[d * length + i];
  }
  return row;
}
