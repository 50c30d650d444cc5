import { BRIDGED_SECONDS } from "../../signal/missing-samples.ts";
import { findMissing, type MissingKind, type MissingRules, type MissingRun, MISSING_KINDS } from "./find-missing.ts";

/** Runs and samples of a kind, by what became of them. */
export interface MissingCount {
  readonly runs: number;
  readonly samples: number;
  readonly bridgedRuns: number;
  readonly rejectedRuns: number;
}

export interface RejectedRun extends MissingRun {
  /** One clear phrase. */
  readonly reason: string;
}

export interface Repaired {
  /** A copy, straight lines over short runs, NaN in those that were rejected. */
  readonly millivolts: Float32Array;
  readonly bridged: readonly MissingRun[];
  readonly rejected: readonly RejectedRun[];
  readonly counts: Readonly<Record<MissingKind, MissingCount>>;
}

const LIMIT_MS = BRIDGED_SECONDS * 1000;
const WHAT: Readonly<Record<MissingKind, string>> = {
  missing: "no samples",
  flat: "a flat line",
  saturated: "an amplifier or converter at its rail",
};

/**
 * A whole signal, mV at `rateHz`, with its gaps dealt with: what holds no ECG for 100 ms at most is bridged by a straight
 * line, longer runs are rejected with a reason. Runs that touch count as one gap. A short gap at the begin takes the value
 * behind it; one at the end has nothing to end at and is rejected: the rule of the live chain (signal/missing-samples.ts).
 */
export function repairSignal(millivolts: Float32Array, rateHz: number, rules: MissingRules = {}): Repaired {
  const repaired = millivolts.slice();
  const limit = Math.floor(BRIDGED_SECONDS * rateHz);
  const bridged: MissingRun[] = [];
  const rejected: RejectedRun[] = [];
  for (const gap of gapsOf(findMissing(millivolts, rateHz, rules))) {
    const from = gap[0].from;
    const to = gap[gap.length - 1].to;
    const atEnd = to === millivolts.length;
    if (to - from <= limit && !atEnd) {
      bridge(repaired, from, to);
      bridged.push(...gap);
    } else {
      repaired.fill(NaN, from, to);
      const length = `${Math.round(((to - from) / rateHz) * 1000)} ms`;
      const why = to - from <= limit ? "at the signal's end" : `longer than the ${LIMIT_MS} ms that are bridged`;
      rejected.push(...gap.map((run) => ({ ...run, reason: `${WHAT[run.kind]} for ${length}, ${why}` })));
    }
  }
  return { millivolts: repaired, bridged, rejected, counts: countsOf(bridged, rejected) };
}

/** Why a segment, mV at `rateHz`, cannot be used, null where it can: the first run of it that is not bridged. */
export const rejectionOf = (segment: Float32Array, rateHz: number, rules: MissingRules = {}): string | null =>
  repairSignal(segment, rateHz, rules).rejected.at(0)?.reason ?? null;

function gapsOf(runs: readonly MissingRun[]): (readonly MissingRun[])[] {
  const gaps: MissingRun[][] = [];
  for (const run of runs) {
    const last = gaps.at(-1);
    if (last?.at(-1)?.to === run.from) last.push(run);
    else gaps.push([run]);
  }
  return gaps;
}

function bridge(millivolts: Float32Array, from: number, to: number): void {
  const right = millivolts[to];
  const left = from > 0 ? millivolts[from - 1] : right;
  for (let i = from; i < to; i++) millivolts[i] = left + ((right - left) * (i - from + 1)) / (to - from + 1);
}

function countsOf(bridged: readonly MissingRun[], rejected: readonly MissingRun[]): Record<MissingKind, MissingCount> {
  const all = [...bridged, ...rejected];
  const counts = MISSING_KINDS.map((kind) => {
    const of = (runs: readonly MissingRun[]): readonly MissingRun[] => runs.filter((run) => run.kind === kind);
    const samples = of(all).reduce((sum, { from, to }) => sum + to - from, 0);
    const count = { runs: of(all).length, samples, bridgedRuns: of(bridged).length, rejectedRuns: of(rejected).length };
    return [kind, count] as const;
  });
  return Object.fromEntries(counts) as Record<MissingKind, MissingCount>;
}
