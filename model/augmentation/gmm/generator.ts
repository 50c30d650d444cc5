import { BedsideError } from "../../../contracts/errors.ts";
import { createRandom, type Random } from "../../../kit/random.ts";
import { type Candidate, chooseMixture } from "./choose-mixture.ts";
import { type CovarianceKind, drawPoint, type Mixture } from "./mixture.ts";
import { heldRow, lengthOf, paddedRow } from "../padding.ts";
import { axesFor, fitPca, type Pca, rowsOf, scoresOf } from "./pca.ts";

/** padded: 0 to 1, zeros behind the beat, as Kachuee's rows; whole: any values, signal to the end. */
export type RowLayout = "padded" | "whole";

export interface GeneratorOptions {
  readonly seed: number;
  readonly layout: RowLayout;
  readonly rowLength: number;
  /** Numbers of components and kinds of covariance that are tried; default 1 to 24, both. */
  readonly sizes?: readonly number[];
  readonly kinds?: readonly CovarianceKind[];
}

export interface BeatGenerator {
  /** Rows it was fitted on, and axes of the mixture. */
  readonly fittedOn: number;
  readonly axes: number;
  readonly chosen: Candidate;
  /** All that were tried. */
  readonly candidates: readonly Candidate[];
  /** [count × rowLength]: drawn from `seed`. */
  generate(count: number, seed: number): Float32Array;
}

/** The mixture is over the axes that hold this share of the variance, and so many at most. */
const VARIANCE_SHARE = 0.98;
const MAX_AXES = 8;
/** Real beats nearest to a drawn one, of which one gives what the axes leave out. */
const DONORS = 10;
const FEWEST = 24;

/**
 * A generator of beats like `rows`, [count × rowLength] of one class. The shape is drawn: from a mixture of Gaussians over
 * the scores along the first principal axes, its size and kind of covariance chosen by BIC. What those axes leave out
 * (noise, notches, a padded row's length) is neither normal nor independent, so it is resampled: from one of the real beats
 * whose shapes are nearest (a residual bootstrap, B. Efron, Ann. Stat. 7 (1979), §7). Throws BAD_ARGUMENT.
 */
export function fitBeatGenerator(rows: Float32Array, options: GeneratorOptions): BeatGenerator {
  const { rowLength, layout, seed } = options;
  const count = rows.length / rowLength;
  if (!Number.isInteger(count) || count < FEWEST) {
    throw new BedsideError(
      "BAD_ARGUMENT",
      `a generator of beats needs ${FEWEST} rows of ${rowLength} or more, there are ${count}`,
    );
  }
  const lengths = new Float64Array(count).fill(rowLength);
  const held = rows.slice();
  if (layout === "padded") {
    for (let i = 0; i < count; i++) {
      const row = rows.subarray(i * rowLength, (i + 1) * rowLength);
      lengths[i] = lengthOf(row);
      held.set(heldRow(row, lengths[i]), i * rowLength);
    }
  }
  const pca = fitPca(held, count, rowLength);
  const axes = axesFor(pca, VARIANCE_SHARE, MAX_AXES);
  const points = { values: scoresOf(pca, held, axes), count, dimensions: axes };
  const { mixture, chosen, candidates } = chooseMixture(points, options);
  const parts = { pca, axes, mixture, scores: scoresOf(pca, held, rowLength), lengths, layout };
  return {
    fittedOn: count,
    axes,
    chosen,
    candidates,
    generate: (wanted, drawSeed) => drawRows(parts, wanted, createRandom(seed, `generated/${drawSeed}`)),
  };
}

interface Parts {
  readonly pca: Pca;
  readonly axes: number;
  readonly mixture: Mixture;
  /** [count × rowLength]: the real rows along all axes. */
  readonly scores: Float64Array;
  readonly lengths: Float64Array;
  readonly layout: RowLayout;
}

function drawRows(parts: Parts, wanted: number, random: Random): Float32Array {
  const { pca, axes, mixture, lengths, layout } = parts;
  const drawn = new Float64Array(wanted * pca.length);
  const donors = Array.from({ length: wanted }, (_, i) => {
    const { point } = drawPoint(mixture, random);
    const near = nearestTo(point, parts.scores, pca.length);
    const donor = near[Math.floor(random.uniform() * near.length)];
    drawn.set(parts.scores.subarray(donor * pca.length, (donor + 1) * pca.length), i * pca.length);
    drawn.set(point.subarray(0, axes), i * pca.length);
    return donor;
  });
  const rows = Float32Array.from(rowsOf(pca, drawn));
  if (layout === "whole") return rows;
  donors.forEach((donor, i) => {
    const row = rows.subarray(i * pca.length, (i + 1) * pca.length);
    row.set(paddedRow(row, lengths[donor]));
  });
  return rows;
}

/** The rows whose first scores are nearest to `point`. */
function nearestTo(point: Float64Array, scores: Float64Array, length: number): number[] {
  const count = scores.length / length;
  const distances = Float64Array.from({ length: count }, (_, i) => {
    let sum = 0;
    for (let d = 0; d < point.length; d++) sum += (scores[i * length + d] - point[d]) ** 2;
    return sum;
  });
  const limit = distances.toSorted()[Math.min(count, DONORS) - 1];
  return Array.from(distances.keys()).filter((i) => distances[i] <= limit);
}
