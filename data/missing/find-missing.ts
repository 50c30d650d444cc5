import { MAX_MILLIVOLTS } from "../../signal/missing-samples.ts";
import { FLAT_MILLIVOLTS, RAIL_MILLIVOLTS } from "../../signal/quality/judge.ts";

/**
 * Why there is no signal in a stretch: "missing" (NaN, or beyond what an electrode gives), "flat" (does not move),
 * "saturated" (does not move, far out: an amplifier's or converter's rail).
 */
export const MISSING_KINDS = ["missing", "flat", "saturated"] as const;
export type MissingKind = (typeof MISSING_KINDS)[number];

export interface MissingRun {
  readonly kind: MissingKind;
  /** First sample, and the first behind it. */
  readonly from: number;
  readonly to: number;
}

export interface MissingRules {
  /** The converter's ends, mV, where known: a sample there is saturated however short the stretch. */
  readonly railsMillivolts?: readonly [low: number, high: number];
  /** A stretch is flat from this length on, ms; default 200, as the live chain's blocks: a quantised ECG rests for shorter. */
  readonly flatMs?: number;
}

const FLAT_MS = 200;

/**
 * Stretches of a whole signal, mV at `rateHz`, that hold no ECG, in order and apart from one another. What counts as
 * missing, flat and far out is what the live chain goes by (signal/missing-samples.ts, signal/quality/judge.ts).
 */
export function findMissing(millivolts: Float32Array, rateHz: number, rules: MissingRules = {}): MissingRun[] {
  const kinds = new Uint8Array(millivolts.length);
  const least = Math.max(2, Math.round(((rules.flatMs ?? FLAT_MS) / 1000) * rateHz));
  for (let from = 0; from < millivolts.length;) {
    const to = isMissing(millivolts[from]) ? from + 1 : stillUntil(millivolts, from);
    if (isMissing(millivolts[from])) kinds[from] = MISSING;
    else if (to - from >= least) {
      kinds.fill(Math.abs(millivolts[from]) > RAIL_MILLIVOLTS ? SATURATED : FLAT, from, to);
    }
    from = to;
  }
  if (rules.railsMillivolts) markRails(millivolts, kinds, rules.railsMillivolts);
  return runsOf(kinds);
}

/** 1 + place in MISSING_KINDS. */
const MISSING = 1;
const FLAT = 2;
const SATURATED = 3;

const isMissing = (value: number): boolean => !(Math.abs(value) <= MAX_MILLIVOLTS);

/** The first sample that lies further than the flat range from those since `from`; a missing one ends the stretch too. */
function stillUntil(millivolts: Float32Array, from: number): number {
  let low = millivolts[from];
  let high = low;
  let to = from + 1;
  for (; to < millivolts.length && !isMissing(millivolts[to]); to++) {
    low = Math.min(low, millivolts[to]);
    high = Math.max(high, millivolts[to]);
    if (high - low >= FLAT_MILLIVOLTS) break;
  }
  return to;
}

/** Two samples at a rail or more: one alone may be a peak that just reaches it. */
function markRails(millivolts: Float32Array, kinds: Uint8Array, [low, high]: readonly [number, number]): void {
  const atRail = (i: number): boolean => millivolts[i] <= low || millivolts[i] >= high;
  for (let from = 0; from < millivolts.length; from++) {
    if (!atRail(from)) continue;
    let to = from + 1;
    while (to < millivolts.length && atRail(to)) to++;
    if (to - from >= 2) kinds.fill(SATURATED, from, to);
    from = to;
  }
}

function runsOf(kinds: Uint8Array): MissingRun[] {
  const runs: MissingRun[] = [];
  for (let from = 0; from < kinds.length;) {
    let to = from + 1;
    while (to < kinds.length && kinds[to] === kinds[from]) to++;
    if (kinds[from] > 0) runs.push({ kind: MISSING_KINDS[kinds[from] - 1], from, to });
    from = to;
  }
  return runs;
}
