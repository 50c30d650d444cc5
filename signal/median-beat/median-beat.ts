/** The beat that a lead usually makes. */
export interface MedianBeat {
  /** mV, from `BEFORE_MS` before R; the level before the QRS is 0. */
  readonly millivolts: Float32Array;
  readonly rateHz: number;
  /** Index of the R peak. */
  readonly rIndex: number;
  /** Beats that it is made of. */
  readonly beats: number;
  /** What single beats differ from it, mV: the median of their mean absolute difference. */
  readonly spreadMv: number;
}

const BEFORE_MS = 300;
const BEHIND_MS = 560;
/** Where a lead is isoelectric: behind P, before Q, ms from R. */
const LEVEL_FROM_MS = -90;
const LEVEL_TO_MS = -60;

/**
 * The median, sample by sample, of beats laid over one another at their R peaks, each with its level before the QRS at 0. `at(position)`: the lead's
 * samples, mV, NaN where missing; unfiltered, since a monitor's high-pass bends ST. Null where fewer than `least` beats are whole.
 */
export function medianBeat(
  at: (position: number) => number,
  rateHz: number,
  rPeaks: readonly number[],
  least = 8,
): MedianBeat | null {
  const samples = (ms: number): number => Math.round((ms / 1000) * rateHz);
  const [before, behind] = [samples(BEFORE_MS), samples(BEHIND_MS)];
  const length = before + behind + 1;
  const cuts = rPeaks.flatMap((r) => {
    const cut = Float32Array.from({ length }, (_, i) => at(r - before + i));
    if (cut.some(Number.isNaN)) return [];
    const level = median(cut.subarray(before + samples(LEVEL_FROM_MS), before + samples(LEVEL_TO_MS) + 1));
    return [cut.map((value) => value - level)];
  });
  if (cuts.length < least) return null;
  const millivolts = Float32Array.from({ length }, (_, i) => median(cuts.map((cut) => cut[i])));
  const spreads = cuts.map((cut) => cut.reduce((sum, value, i) => sum + Math.abs(value - millivolts[i]), 0) / length);
  return { millivolts, rateHz, rIndex: before, beats: cuts.length, spreadMv: median(spreads) };
}

function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
