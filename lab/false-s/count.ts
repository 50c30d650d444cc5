import type { FalseSRow } from "../../contracts/false-s.ts";
import { mostProbable } from "../../scoring/calibration.ts";
import type { Reference, Stretch } from "../../scoring/reference.ts";
import { pairBeats } from "../../scoring/score.ts";
import type { FoundBeat } from "../../scoring/summary/record.ts";

export interface CountOptions {
  readonly record: string;
  readonly samplingRateHz: number;
  /** What of the record is looked at. */
  readonly stretches: readonly Stretch[];
  /** By which a beat called S is none; "none" where no beat is S, null where it is not known. */
  readonly reference: Reference | "none" | null;
}

/** How many of the beats found in these stretches are called S, and how many of those are none. */
export function countS(found: readonly FoundBeat[], options: CountOptions): FalseSRow {
  const { record, samplingRateHz, stretches, reference } = options;
  const within = found.filter(({ sample }) => stretches.some(({ from, to }) => sample >= from && sample <= to));
  const isTrue = trueBeats(found, reference, samplingRateHz);
  const of = (isS: (beat: FoundBeat) => boolean): { calledS: number; falseS: number | null } => {
    const called = within.filter(isS);
    return { calledS: called.length, falseS: reference && called.filter((beat) => !isTrue.has(beat)).length };
  };
  const samples = stretches.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  return {
    record,
    hours: samples / samplingRateHz / 3600,
    beats: within.length,
    ...of(({ beatClass }) => beatClass === "S"),
    ungated: of(({ probabilities }) => mostProbable(probabilities) === "S"),
  };
}

function trueBeats(
  found: readonly FoundBeat[],
  reference: CountOptions["reference"],
  samplingRateHz: number,
): ReadonlySet<FoundBeat> {
  if (reference === "none" || reference === null) return new Set();
  const { pairs } = pairBeats(reference, found, { samplingRateHz });
  return new Set(
    pairs.flatMap(({ reference: { beatClass }, found: beat }) => (beatClass === "S" && beat ? [beat] : [])),
  );
}
