import type { MedianBeat } from "./median-beat.ts";

/** Times are ms from R. */
export interface BeatIntervals {
  readonly qrsOnsetMs: number;
  /** The end of the QRS. */
  readonly jPointMs: number;
  readonly qrsMs: number;
  /** Level 60 ms behind J against that before the QRS, mV. */
  readonly stMv: number;
  /** Null where the T wave is too small to have an end. */
  readonly tEndMs: number | null;
  readonly qtMs: number | null;
  /** By Fridericia: QT / ∛RR (L. S. Fridericia 1920). */
  readonly qtcMs: number | null;
}

/** A QRS goes on while its slope is at least this share of its steepest one. */
const QRS_SLOPE = 0.06;
/** … over so long a time. */
const CALM_MS = 12;
/** Where the QRS's steepest slope is looked for, and how far its ends lie from R at the most. */
const CORE_MS = 60;
const REACH_MS = 110;
const ST_BEHIND_J_MS = 60;
/** A T wave below this has no end that can be told. */
const LEAST_T_MV = 0.08;
/** … or below so many times what single beats differ from the median by. */
const LEAST_T_SPREADS = 3;
/** The T wave's peak is looked for up to this share of RR, and its steepest fall so far behind it. */
const T_SHARE_OF_RR = 0.6;
const T_FALL_MS = 130;
/** Slopes are taken over so long a stretch. */
const SLOPE_MS = 12;
const T_SLOPE_MS = 24;

/**
 * QRS, ST and QT of a median beat. The end of T is where its steepest fall, drawn on as a straight line, meets the level before the QRS (E. Lepeschkin
 * & B. Surawicz, "The measurement of the Q-T interval of the electrocardiogram", Circulation 6:378–388, 1952). `rrMs`: mean. Null where no QRS stands out.
 */
export function beatIntervals(beat: MedianBeat, rrMs: number): BeatIntervals | null {
  const { millivolts: x, rateHz, rIndex, spreadMv } = beat;
  const toSamples = (ms: number): number => Math.round((ms / 1000) * rateHz);
  const toMs = (index: number): number => ((index - rIndex) / rateHz) * 1000;
  const slope = slopesOf(x, Math.max(1, toSamples(SLOPE_MS / 2)));
  const core = toSamples(CORE_MS);
  let steepest = 0;
  for (let i = rIndex - core; i <= rIndex + core; i++) steepest = Math.max(steepest, Math.abs(slope[i]));
  if (steepest === 0) return null;
  const calm = Math.max(2, toSamples(CALM_MS));
  const end = (step: 1 | -1): number => {
    let quiet = 0;
    const reach = toSamples(REACH_MS);
    for (let away = toSamples(16); away <= reach; away++) {
      quiet = Math.abs(slope[rIndex + step * away]) < QRS_SLOPE * steepest ? quiet + 1 : 0;
      if (quiet >= calm) return rIndex + step * (away - calm + 1);
    }
    return rIndex + step * reach;
  };
  const onset = end(-1);
  const j = end(1);
  const stIndex = Math.min(x.length - 1, j + toSamples(ST_BEHIND_J_MS));
  const tEnd = endOfT(x, {
    from: stIndex,
    rIndex,
    rateHz,
    rrMs,
    least: Math.max(LEAST_T_MV, LEAST_T_SPREADS * spreadMv),
  });
  const qtMs = tEnd === null ? null : toMs(tEnd) - toMs(onset);
  return {
    qrsOnsetMs: toMs(onset),
    jPointMs: toMs(j),
    qrsMs: toMs(j) - toMs(onset),
    stMv: mean(x, stIndex, toSamples(8)),
    tEndMs: tEnd === null ? null : toMs(tEnd),
    qtMs,
    qtcMs: qtMs === null ? null : qtMs / Math.cbrt(rrMs / 1000),
  };
}

/** Index, with fraction, where T ends; null where it can't be told. */
function endOfT(
  x: Float32Array,
  at: { from: number; rIndex: number; rateHz: number; rrMs: number; least: number },
): number | null {
  const toSamples = (ms: number): number => Math.round((ms / 1000) * at.rateHz);
  const half = Math.max(1, toSamples(T_SLOPE_MS / 2));
  const last = Math.min(x.length - 1 - half, at.rIndex + toSamples(T_SHARE_OF_RR * at.rrMs));
  let peak = at.from;
  for (let i = at.from; i <= last; i++) if (Math.abs(x[i]) > Math.abs(x[peak])) peak = i;
  // A peak at an edge is none: the wave's middle is elsewhere.
  if (Math.abs(x[peak]) < at.least || peak <= at.from + half || peak >= last) return null;
  const sign = Math.sign(x[peak]);
  const slope = slopesOf(x, half);
  let fall = peak;
  for (let i = peak; i <= Math.min(x.length - 1 - half, peak + toSamples(T_FALL_MS)); i++) {
    if (sign * slope[i] < sign * slope[fall]) fall = i;
  }
  if (sign * slope[fall] >= 0) return null;
  const end = fall - x[fall] / slope[fall];
  return end > peak && end < x.length ? end : null;
}

/** mV a sample, over `half` samples to either side. */
function slopesOf(x: Float32Array, half: number): Float32Array {
  return Float32Array.from(x, (_, i) => {
    const [from, to] = [Math.max(0, i - half), Math.min(x.length - 1, i + half)];
    return (x[to] - x[from]) / (to - from);
  });
}

function mean(x: Float32Array, middle: number, reach: number): number {
  const [from, to] = [Math.max(0, middle - reach), Math.min(x.length - 1, middle + reach)];
  let sum = 0;
  for (let i = from; i <= to; i++) sum += x[i];
  return sum / (to - from + 1);
}
