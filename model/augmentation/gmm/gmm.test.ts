import { describe, expect, test } from "vitest";
import { createRandom } from "../../../kit/random.ts";
import { chooseMixture } from "./choose-mixture.ts";
import { bicOf, fitMixture } from "./em.ts";
import type { Points } from "./mixture.ts";
import { choleskyOf, drawPoint, logDensities, type Mixture, parametersOf } from "./mixture.ts";
import { axesFor, fitPca, rowsOf, scoresOf } from "./pca.ts";

/** A Bᵀ B of random numbers: symmetric, positive. */
function gram(size: number, seed: number): Float64Array {
  const random = createRandom(seed, "gram");
  const b = Float64Array.from({ length: size * size }, () => random.normal());
  return Float64Array.from({ length: size * size }, (_, at) => {
    let sum = 0;
    for (let k = 0; k < size; k++) sum += b[k * size + Math.floor(at / size)] * b[k * size + (at % size)];
    return sum;
  });
}

const times = (a: Float64Array, vector: ArrayLike<number>, size: number): number[] =>
  Array.from({ length: size }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < size; k++) sum += a[i * size + k] * vector[k];
    return sum;
  });

test("Cholesky's factor gives the matrix again; a matrix that is not positive has none", () => {
  const matrix = gram(5, 3);
  const factor = choleskyOf(matrix, 5) ?? new Float64Array(0);
  for (let i = 0; i < 5; i++) {
    const row = factor.subarray(i * 5, (i + 1) * 5);
    expect(times(factor, row, 5)[i]).toBeCloseTo(matrix[i * 6], 9);
  }
  expect(choleskyOf(Float64Array.of(1, 2, 2, 1), 2)).toBeNull();
});

test("scores along all axes give the row again; variances add up to the rows' own", () => {
  const random = createRandom(1, "rows");
  const rows = Float64Array.from({ length: 40 * 6 }, (_, i) => (1 + (i % 6)) * random.normal() + (i % 6));
  const pca = fitPca(rows, 40, 6);
  rowsOf(pca, scoresOf(pca, rows, 6)).forEach((value, i) => expect(value).toBeCloseTo(rows[i], 9));
  expect(pca.variances).toEqual(pca.variances.toSorted((x, y) => y - x));
  const own = [0, 1, 2, 3, 4, 5].map((column) => rows.filter((_, i) => i % 6 === column));
  const spread = own.map((values) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / 40;
    return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 39;
  });
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  expect(sum(pca.variances)).toBeCloseTo(sum(spread), 9);
  const shares = [0.5, 0.9, 1].map((share) => axesFor(pca, share, 6));
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(axesFor(pca, 1, 3)).toBe(3);
  expect(() => fitPca(rows.subarray(0, 6), 1, 6)).toThrow(/2 rows/);
});

const CENTRES = [
  [0, 0, 0],
  [6, 0, 3],
  [-4, 5, 0],
];
/** Three clusters, the first an oblique one. */
function clusters(count: number, seed: number): Points {
  const random = createRandom(seed, "clusters");
  const values = new Float64Array(count * 3);
  for (let i = 0; i < count; i++) {
    const centre = CENTRES[i % 3];
    const along = random.normal();
    for (let d = 0; d < 3; d++) values[i * 3 + d] = centre[d] + (i % 3 === 0 ? 0.9 * along : 0) + 0.4 * random.normal();
  }
  return { values, count, dimensions: 3 };
}

describe("mixtures", () => {
  test("EM finds the clusters' weights and centres; BIC finds their number", () => {
    const points = clusters(600, 1);
    const { mixture, chosen, candidates } = chooseMixture(points, { seed: 1, sizes: [1, 2, 3, 4, 6] });
    expect(chosen).toMatchObject({ size: 3, kind: "full" });
    expect(candidates).toHaveLength(10);
    for (const centre of CENTRES) {
      const nearest = Math.min(
        ...mixture.components.map(({ mean }) => Math.hypot(...mean.map((m, d) => m - centre[d]))),
      );
      expect(nearest).toBeLessThan(0.2);
    }
    mixture.components.forEach(({ weight }) => expect(weight).toBeCloseTo(1 / 3, 1));
  });

  test("densities are those of the formula, and their sum is safe far away", () => {
    const mixture: Mixture = {
      dimensions: 1,
      kind: "full",
      components: [
        { weight: 0.25, mean: Float64Array.of(0), factor: Float64Array.of(2) },
        { weight: 0.75, mean: Float64Array.of(5), factor: Float64Array.of(1) },
      ],
    };
    const logs = new Float64Array(2);
    const normal = (x: number, mean: number, sd: number): number =>
      Math.exp(-0.5 * ((x - mean) / sd) ** 2) / (sd * Math.sqrt(2 * Math.PI));
    const whole = logDensities(mixture, Float64Array.of(3), logs);
    expect(Math.exp(whole)).toBeCloseTo(0.25 * normal(3, 0, 2) + 0.75 * normal(3, 5, 1), 12);
    expect(Math.exp(logs[0])).toBeCloseTo(0.25 * normal(3, 0, 2), 12);
    expect(Number.isFinite(logDensities(mixture, Float64Array.of(1e6), logs))).toBe(true);
    expect([parametersOf(mixture), bicOf(-10, 5, 100)]).toEqual([5, 5 * Math.log(100) + 20]);
  });

  test("points on one spot, on a line or with a lone outlier do not break the fit", () => {
    const shapes: readonly ((i: number, d: number) => number)[] = [
      () => 1,
      (i, d) => i * (d + 1),
      (i, d) => (i === 0 ? 1e4 : Math.sin(i * (d + 2))),
    ];
    for (const shape of shapes) {
      const values = Float64Array.from({ length: 60 * 2 }, (_, at) => shape(at >> 1, at % 2));
      for (const kind of ["full", "diagonal"] as const) {
        const fit = fitMixture({ values, count: 60, dimensions: 2 }, 4, kind, createRandom(1, "edge"));
        expect(Number.isFinite(fit.logLikelihood)).toBe(true);
        expect(fit.mixture.components.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 6);
        expect(fit.mixture.components.every(({ factor }) => factor.every(Number.isFinite))).toBe(true);
      }
    }
    expect(() =>
      fitMixture({ values: new Float64Array(4), count: 2, dimensions: 2 }, 3, "full", createRandom(1, "")),
    ).toThrow(/2 points are too few/);
  });

  test("drawn points have the mixture's mean and covariance, and one seed gives one draw", () => {
    const { mixture } = chooseMixture(clusters(600, 2), { seed: 1, sizes: [1], kinds: ["full"] });
    const random = createRandom(4, "draws");
    const drawn = Array.from({ length: 4000 }, () => drawPoint(mixture, random).point);
    const { mean, factor } = mixture.components[0];
    const average = (f: (p: Float64Array) => number): number => drawn.reduce((sum, p) => sum + f(p), 0) / drawn.length;
    expect(Math.abs(average((p) => p[0]) - mean[0])).toBeLessThan(0.3);
    const covariance = times(factor, factor.subarray(0, 3), 3)[1];
    const reached = average((p) => (p[0] - mean[0]) * (p[1] - mean[1]));
    expect(Math.abs(reached - covariance) / Math.abs(covariance)).toBeLessThan(0.15);
    expect(drawPoint(mixture, createRandom(4, "draws")).point).toEqual(drawn[0]);
  });
});
