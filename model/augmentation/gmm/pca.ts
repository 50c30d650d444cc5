import { Matrix } from "ml-matrix";
import { PCA } from "ml-pca";
import { BedsideError } from "../../../contracts/errors.ts";

/** Principal components of rows. */
export interface Pca {
  readonly length: number;
  /** Along each axis, falling, in the rows' unit squared, ≥ 0. */
  readonly variances: readonly number[];
  readonly model: PCA;
}

/** Principal components of `count` ≥ 2 rows of `length` (Jolliffe, Principal Component Analysis, §1.1). Throws BAD_ARGUMENT. */
export function fitPca(rows: ArrayLike<number>, count: number, length: number): Pca {
  if (count < 2 || rows.length !== count * length) {
    throw new BedsideError("BAD_ARGUMENT", `PCA of ${count} rows of ${length}: give 2 rows or more, complete ones`);
  }
  const model = new PCA(Matrix.from1DArray(count, length, rows), { method: "covarianceMatrix" });
  return { length, variances: model.getEigenvalues().map((value) => Math.max(0, value)), model };
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
export function scoresOf({ length, model }: Pca, rows: ArrayLike<number>, dimensions: number): Float64Array {
  const matrix = Matrix.from1DArray(rows.length / length, length, rows);
  return Float64Array.from(model.predict(matrix, { nComponents: dimensions }).to1DArray());
}

/** [count × length]: the rows that have these coordinates along all axes. */
export function rowsOf({ length, model }: Pca, scores: ArrayLike<number>): Float64Array {
  return Float64Array.from(model.invert(Matrix.from1DArray(scores.length / length, length, scores)).to1DArray());
}
