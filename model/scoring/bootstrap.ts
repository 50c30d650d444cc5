import { createRandom } from "../../data/synthetic/random.ts";

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

/**
 * Percentile intervals of figures by the bootstrap over records (Efron & Tibshirani, An Introduction to the Bootstrap,
 * 1993, ch. 13): as many records as there are, drawn with replacement; what is computed of each such set is sorted, and
 * the interval leaves out 2.5 % at either end. Beats of one record depend on each other, so it is records that are drawn.
 *
 * `figures` of a set of records: null where there is nothing to divide by; an interval is of the resamples where there
 * is, null when that is less than half of them, or where there are fewer than two records. The draws depend on the seed
 * and the number of records alone: what is to be compared is computed in one call, of pairs.
 */
export function bootstrap<T, K extends string>(
  records: readonly T[],
  figures: (records: readonly T[]) => Readonly<Record<K, number | null>>,
  { seed = BOOTSTRAP.seed, resamples = BOOTSTRAP.resamples }: BootstrapOptions = {},
): Readonly<Record<K, Interval | null>> {
  const names = Object.keys(figures(records)) as K[];
  const random = createRandom(seed, "bootstrap");
  const values = new Map(names.map((name) => [name, [] as number[]]));
  for (let i = 0; i < resamples && records.length > 1; i++) {
    const drawn = figures(records.map(() => records[Math.floor(random.uniform() * records.length)]));
    for (const [name, all] of values) {
      const value = drawn[name];
      if (value !== null) all.push(value);
    }
  }
  const tail = (1 - BOOTSTRAP.level) / 2;
  const interval = (all: number[]): Interval | null => {
    if (all.length === 0 || all.length < resamples / 2) return null;
    const sorted = Float64Array.from(all).sort();
    return [quantile(sorted, tail), quantile(sorted, 1 - tail)];
  };
  return Object.fromEntries([...values].map(([name, all]) => [name, interval(all)])) as Record<K, Interval | null>;
}

/** Linear between the two nearest of ascending values; `share` 0 to 1. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}
