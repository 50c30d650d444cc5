import { quantile } from "d3";
import { createRandom } from "../kit/random.ts";

/** Lower and upper end. */
export type Interval = readonly [number, number];

export interface BootstrapOptions {
  /** Default 1. */
  readonly seed?: number;
  /** Default 2000. */
  readonly resamples?: number;
}

/** What intervals are made with unless said otherwise, and the share of resamples that lies within. */
export const BOOTSTRAP = { seed: 1, resamples: 2000, level: 0.95 } as const;

/** One figure of each resample; NaN where there is nothing to divide by. */
export type Draws = Float64Array;

/**
 * Figures of as many sets of records as there are resamples: each as many records as there are, drawn with replacement.
 * Beats of one record depend on each other, so it is records that are drawn. The draws depend on the seed and the number
 * of records alone: figures of two runs over the same records can be compared draw by draw (paired). None of fewer than
 * two records.
 */
export function resample<T, K extends string>(
  records: readonly T[],
  figures: (records: readonly T[]) => Readonly<Record<K, number | null>>,
  { seed = BOOTSTRAP.seed, resamples = BOOTSTRAP.resamples }: BootstrapOptions = {},
): Readonly<Record<K, Draws>> {
  const names = Object.keys(figures(records)) as K[];
  const random = createRandom(seed, "bootstrap");
  const count = records.length > 1 ? resamples : 0;
  const draws = names.map(() => new Float64Array(count));
  for (let i = 0; i < count; i++) {
    const drawn = figures(records.map(() => records[Math.floor(random.uniform() * records.length)]));
    names.forEach((name, k) => {
      draws[k][i] = drawn[name] ?? Number.NaN;
    });
  }
  return Object.fromEntries(names.map((name, k) => [name, draws[k]])) as Record<K, Draws>;
}

/**
 * The percentile interval (Efron & Tibshirani, An Introduction to the Bootstrap, 1993, ch. 13): what lies between the
 * lowest and highest 2.5 % of the draws that are numbers; null where fewer than half of them are.
 */
export function intervalOf(draws: Draws): Interval | null {
  const numbers = draws.filter((value) => !Number.isNaN(value));
  if (numbers.length < draws.length / 2) return null;
  const tail = (1 - BOOTSTRAP.level) / 2;
  const [low, high] = [quantile(numbers, tail), quantile(numbers, 1 - tail)];
  return low === undefined || high === undefined ? null : [low, high];
}

/** Percentile intervals of figures by the bootstrap over records. */
export function bootstrap<T, K extends string>(
  records: readonly T[],
  figures: (records: readonly T[]) => Readonly<Record<K, number | null>>,
  options: BootstrapOptions = {},
): Readonly<Record<K, Interval | null>> {
  const draws = Object.entries<Draws>(resample(records, figures, options));
  return Object.fromEntries(draws.map(([name, values]) => [name, intervalOf(values)])) as Record<K, Interval | null>;
}
