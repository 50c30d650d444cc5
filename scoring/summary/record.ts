import { type Answer, mostProbable, type Probabilities } from "../calibration.ts";
import { LEARNING_SECONDS } from "../ec57.ts";
import { SCORED_CLASSES } from "../figures.ts";
import type { Reference, ScoredBeat } from "../reference.ts";
import { type Confusion, countPairs, pairBeats, type ScoreOptions } from "../score.ts";

/** A beat as the pipeline gives it out: class Q where the gate rejected it, the model's probabilities even so. */
export interface FoundBeat extends ScoredBeat {
  readonly probabilities: Probabilities;
}

/** All of one record that figures are made of. */
export interface ScoredRecord {
  readonly record: string;
  /** Which known recording it is by its samples, as in mitdb/101; null or none: no known one. */
  readonly identity?: string | null;
  readonly confusion: Confusion;
  /** The same without rejection: every beat has the model's most probable class. */
  readonly ungated: Confusion;
  /** As `confusion`, without EC57's learning period. */
  readonly learnt: Confusion;
  /** The beats of a scored class that were found; `rejected` by the gate or not. */
  readonly answers: readonly (Answer & { readonly rejected: boolean })[];
}

/** Scores what was found in a record against its reference. */
export function scoreRecord(
  record: string,
  reference: Reference,
  found: readonly FoundBeat[],
  options: ScoreOptions,
): ScoredRecord {
  const pairing = pairBeats(reference, found, options);
  const answers = pairing.pairs.flatMap(({ reference: { beatClass }, found: beat }) => {
    const truth = SCORED_CLASSES.find((name) => name === beatClass);
    if (!truth || !beat) return [];
    return { truth, probabilities: beat.probabilities, rejected: beat.beatClass === "Q" };
  });
  const skipSeconds = Math.max(options.skipSeconds ?? 0, LEARNING_SECONDS);
  return {
    record,
    confusion: countPairs(pairing),
    ungated: countPairs(pairing, (beat) => mostProbable(beat.probabilities)),
    learnt: countPairs(pairBeats(reference, found, { ...options, skipSeconds })),
    answers,
  };
}
