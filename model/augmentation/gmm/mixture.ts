import { CholeskyDecomposition, Matrix } from "ml-matrix";
import type { Random } from "../../../kit/random.ts";

export type CovarianceKind = "full" | "diagonal";

/** Points, [count × dimensions]. */
export interface Points {
  readonly values: Float64Array;
  readonly count: number;
  readonly dimensions: number;
}

export interface Gaussian {
  /** 0 to 1; all of a mixture's together 1. */
  readonly weight: number;
  readonly mean: Float64Array;
  /** [dimensions × dimensions]: lower triangle L with L Lᵀ the covariance. */
  readonly factor: Float64Array;
}

/** A mixture of Gaussians. */
export interface Mixture {
  readonly dimensions: number;
  readonly kind: CovarianceKind;
  readonly components: readonly Gaussian[];
}

/** Lower Cholesky factor of a symmetric positive definite matrix, null where it is none (Golub & Van Loan, §4.2). */
export function choleskyOf(matrix: Float64Array, size: number): Float64Array | null {
  const cholesky = new CholeskyDecomposition(Matrix.from1DArray(size, size, matrix));
  return cholesky.isPositiveDefinite() ? Float64Array.from(cholesky.lowerTriangularMatrix.to1DArray()) : null;
}

/** ln of weight × density of each component at `point`, into `into`. Returns ln of their sum (log-sum-exp). */
export function logDensities(
  { components, dimensions, kind }: Mixture,
  point: Float64Array,
  into: Float64Array,
): number {
  const solved = new Float64Array(dimensions);
  let largest = -Infinity;
  components.forEach(({ weight, mean, factor }, k) => {
    let value = Math.log(weight) - 0.5 * dimensions * Math.log(2 * Math.PI);
    for (let i = 0; i < dimensions; i++) {
      let rest = point[i] - mean[i];
      if (kind === "full") for (let j = 0; j < i; j++) rest -= factor[i * dimensions + j] * solved[j];
      const diagonal = factor[i * dimensions + i];
      solved[i] = rest / diagonal;
      value -= 0.5 * solved[i] * solved[i] + Math.log(diagonal);
    }
    into[k] = value;
    if (value > largest) largest = value;
  });
  let sum = 0;
  for (let k = 0; k < components.length; k++) sum += Math.exp(into[k] - largest);
  return largest + Math.log(sum);
}

/** A point drawn from the mixture, and the component it is of. */
export function drawPoint(
  { components, dimensions }: Mixture,
  random: Random,
): { readonly component: number; readonly point: Float64Array } {
  let left = random.uniform();
  const found = components.findIndex(({ weight }) => (left -= weight) < 0);
  const component = found < 0 ? components.length - 1 : found;
  const { mean, factor } = components[component];
  const normals = Float64Array.from({ length: dimensions }, () => random.normal());
  const point = mean.slice();
  for (let i = 0; i < dimensions; i++) {
    for (let j = 0; j <= i; j++) point[i] += factor[i * dimensions + j] * normals[j];
  }
  return { component, point };
}

/** Free parameters of a mixture: weights, means, covariances. */
export function parametersOf({ components, dimensions: d, kind }: Mixture): number {
  const covariance = kind === "full" ? (d * (d + 1)) / 2 : d;
  return components.length - 1 + components.length * (d + covariance);
}
