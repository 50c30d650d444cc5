import type { Beat, BeatClass } from "../../../contracts/beat.ts";

export interface IntervalPair {
  readonly rrMs: number;
  readonly nextMs: number;
  /** Of the beat that ends the second interval. */
  readonly beatClass: BeatClass;
}

export interface Poincare {
  readonly pairs: readonly IntervalPair[];
  /** Across and along the line of identity, ms, of pairs of three normal beats; null where there are too few. */
  readonly sd1Ms: number | null;
  readonly sd2Ms: number | null;
}

const LEAST_PAIRS = 60;
/** Two beats follow one another where the second's interval is the time between them, but for rounding. */
const SAME_MS = 12;

/**
 * Pairs of RR intervals that follow one another (M. Brennan, M. Palaniswami, P. Kamen, "Do existing measures of Poincaré plot geometry reflect
 * nonlinear features of heart rate variability?", IEEE Trans. Biomed. Eng. 48(11):1342–1347, 2001). `beats`: in order of time; one that was rejected
 * makes no pair.
 */
export function poincare(beats: readonly Beat[]): Poincare {
  const pairs: IntervalPair[] = [];
  const sums: number[] = [];
  const differences: number[] = [];
  for (let i = 2; i < beats.length; i++) {
    const three = [beats[i - 2], beats[i - 1], beats[i]];
    const [, { rrMs }, { rrMs: nextMs, beatClass }] = three;
    if (rrMs === null || nextMs === null || three.some((beat) => beat.beatClass === "Q")) continue;
    if (!follows(three[0], three[1]) || !follows(three[1], three[2])) continue;
    pairs.push({ rrMs, nextMs, beatClass });
    if (three.some((beat) => beat.beatClass !== "N")) continue;
    sums.push((nextMs + rrMs) / Math.SQRT2);
    differences.push((nextMs - rrMs) / Math.SQRT2);
  }
  const isKnown = sums.length >= LEAST_PAIRS;
  return { pairs, sd1Ms: isKnown ? deviation(differences) : null, sd2Ms: isKnown ? deviation(sums) : null };
}

const follows = (before: Beat, { timeMs, rrMs, epoch }: Beat): boolean =>
  before.epoch === epoch && rrMs !== null && Math.abs(timeMs - before.timeMs - rrMs) < SAME_MS;

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
