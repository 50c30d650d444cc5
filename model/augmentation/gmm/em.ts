import { kmeans } from "ml-kmeans";
import { BedsideError } from "../../../contracts/errors.ts";
import type { Random } from "../../../kit/random.ts";
import { choleskyOf, type CovarianceKind, type Gaussian, logDensities, type Mixture, type Points } from "./mixture.ts";

export interface Fit {
  readonly mixture: Mixture;
  /** Natural logarithm, of all points. */
  readonly logLikelihood: number;
  /** [count × components]: how far each point is of each component, 0 to 1. */
  readonly shares: Float64Array;
}

const MAX_ROUNDS = 200;
/** Rise of the mean log-likelihood per point below which the fit has settled. */
const SETTLED = 1e-4;
/** Variance that no direction may fall below, against the points' own mean variance. */
const VARIANCE_FLOOR = 1e-5;

/**
 * A mixture of `size` Gaussians by expectation maximisation (A. P. Dempster, N. M. Laird & D. B. Rubin, J. R. Stat. Soc. B
 * 39 (1977); C. M. Bishop, Pattern Recognition and Machine Learning, §9.2.2), from k-means++ centres. Covariances are those
 * of the mode under the weak conjugate prior of C. Fraley & A. E. Raftery, J. Classif. 24 (2007), §3, and have a floor,
 * so that no component shrinks onto a point. Throws BAD_ARGUMENT for fewer points than components.
 */
export function fitMixture(points: Points, size: number, kind: CovarianceKind, random: Random): Fit {
  if (points.count < Math.max(2, size)) {
    throw new BedsideError("BAD_ARGUMENT", `${points.count} points are too few for a mixture of ${size}`);
  }
  const prior = priorOf(points, size);
  let shares = seedCentres(points, size, random);
  let before = -Infinity;
  for (let round = 1; ; round++) {
    const mixture = maximise(points, shares, size, kind, prior);
    const expected = expect(points, mixture);
    shares = expected.shares;
    const { logLikelihood } = expected;
    if (round === MAX_ROUNDS || logLikelihood - before < SETTLED * points.count)
      return { mixture, logLikelihood, shares };
    before = logLikelihood;
  }
}

const LLOYD_ROUNDS = 10;

/**
 * [count × size]: 1 where a point is nearest to that centre, else 0; centres by k-means++ (D. Arthur & S. Vassilvitskii,
 * SODA 2007, §2.2) and a few of Lloyd's rounds.
 */
function seedCentres({ values, count, dimensions }: Points, size: number, random: Random): Float64Array {
  const points = Array.from({ length: count }, (_, i) =>
    Array.from(values.subarray(i * dimensions, (i + 1) * dimensions)),
  );
  const seed = Math.floor(random.uniform() * 2 ** 31);
  const { clusters } = kmeans(points, size, { seed, maxIterations: LLOYD_ROUNDS });
  const shares = new Float64Array(count * size);
  clusters.forEach((k, i) => (shares[i * size + k] = 1));
  return shares;
}

/** Bayesian information criterion, the lower the better (G. Schwarz, Ann. Stat. 6 (1978)). */
export const bicOf = (logLikelihood: number, parameters: number, count: number): number =>
  parameters * Math.log(count) - 2 * logLikelihood;

/** Prior of a covariance: its diagonal, times `points` that it is worth. */
interface Prior {
  readonly points: number;
  readonly diagonal: Float64Array;
  readonly floor: number;
}

function priorOf({ values, count, dimensions: d }: Points, size: number): Prior {
  const mean = new Float64Array(d);
  const variance = new Float64Array(d);
  for (let i = 0; i < values.length; i++) mean[i % d] += values[i] / count;
  for (let i = 0; i < values.length; i++) variance[i % d] += (values[i] - mean[i % d]) ** 2 / count;
  const floor = VARIANCE_FLOOR * (variance.reduce((sum, value) => sum + value, 0) / d || 1);
  return { points: d + 2, diagonal: variance.map((value) => value / size ** (2 / d)), floor };
}

function expect(points: Points, mixture: Mixture): { shares: Float64Array; logLikelihood: number } {
  const { values, count, dimensions } = points;
  const size = mixture.components.length;
  const shares = new Float64Array(count * size);
  const logs = new Float64Array(size);
  let logLikelihood = 0;
  for (let i = 0; i < count; i++) {
    const whole = logDensities(mixture, values.subarray(i * dimensions, (i + 1) * dimensions), logs);
    logLikelihood += whole;
    for (let k = 0; k < size; k++) shares[i * size + k] = Math.exp(logs[k] - whole);
  }
  return { shares, logLikelihood };
}

function maximise(points: Points, shares: Float64Array, size: number, kind: CovarianceKind, prior: Prior): Mixture {
  const { count, dimensions } = points;
  const components = Array.from({ length: size }, (_, k): Gaussian => {
    let mass = 0;
    for (let i = 0; i < count; i++) mass += shares[i * size + k];
    const mean = meanOf(points, shares, size, k, mass);
    const covariance = covarianceOf(points, shares, size, k, mean, kind);
    const worth = mass + prior.points + dimensions + 2;
    for (let i = 0; i < covariance.length; i++) covariance[i] /= worth;
    for (let i = 0; i < dimensions; i++) {
      covariance[i * (dimensions + 1)] += prior.diagonal[i] / worth + prior.floor;
    }
    const factor = choleskyOf(covariance, dimensions);
    if (!factor) throw new BedsideError("BAD_ARGUMENT", "points of a mixture must be finite numbers");
    return { weight: (mass + 1e-9) / (count + size * 1e-9), mean, factor };
  });
  return { dimensions, kind, components };
}

function meanOf(points: Points, shares: Float64Array, size: number, k: number, mass: number): Float64Array {
  const { values, count, dimensions } = points;
  const mean = new Float64Array(dimensions);
  for (let i = 0; i < count; i++) {
    const share = shares[i * size + k] / (mass || 1);
    if (share === 0) continue;
    for (let d = 0; d < dimensions; d++) mean[d] += share * values[i * dimensions + d];
  }
  return mean;
}

/** Scatter about the mean, not yet divided. */
function covarianceOf(
  points: Points,
  shares: Float64Array,
  size: number,
  k: number,
  mean: Float64Array,
  kind: CovarianceKind,
): Float64Array {
  const { values, count, dimensions } = points;
  const scatter = new Float64Array(dimensions * dimensions);
  const centred = new Float64Array(dimensions);
  for (let i = 0; i < count; i++) {
    const share = shares[i * size + k];
    if (share < 1e-12) continue;
    for (let d = 0; d < dimensions; d++) centred[d] = values[i * dimensions + d] - mean[d];
    for (let d = 0; d < dimensions; d++) {
      const value = share * centred[d];
      for (let e = kind === "full" ? 0 : d; e <= d; e++) scatter[d * dimensions + e] += value * centred[e];
    }
  }
  for (let d = 0; d < dimensions; d++) {
    for (let e = 0; e < d; e++) scatter[e * dimensions + d] = scatter[d * dimensions + e];
  }
  return scatter;
}
