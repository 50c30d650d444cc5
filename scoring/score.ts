import type { BeatClass } from "../contracts/beat.ts";
import { matchBeats } from "./match.ts";
import type { Reference, ScoredBeat } from "./reference.ts";

/** Rows are the reference, columns the prediction; O is a missed (column) or false (row) beat. */
export const CONFUSION_ORDER = ["N", "S", "V", "F", "Q", "O"] as const;

/** Counts of beats, [6 × 6] in CONFUSION_ORDER. */
export type Confusion = readonly (readonly number[])[];

/** Largest distance of a beat from its reference (EC57). */
export const TOLERANCE_MS = 150;

const O = CONFUSION_ORDER.indexOf("O");

export interface ScoreOptions {
  readonly samplingRateHz: number;
  /** What lies before is not scored; EC57's learning period is 300 s. Default: 0. */
  readonly skipSeconds?: number;
  /** What lies there or behind is not scored. Default: all is. */
  readonly untilSeconds?: number;
}

/** What became of each beat of the reference, and which beats are no one's. */
export interface Pairing<T extends ScoredBeat> {
  /** In order of the reference; null where the beat was missed. */
  readonly pairs: readonly { readonly reference: ScoredBeat; readonly found: T | null }[];
  /** False beats, those in ventricular flutter left out. */
  readonly unpaired: readonly T[];
}

/** Pairs the beats found in a record with its reference (EC57). `found` in any order, `sample` as in the reference. */
export function pairBeats<T extends ScoredBeat>(
  reference: Reference,
  found: readonly T[],
  { samplingRateHz, skipSeconds = 0, untilSeconds = Number.POSITIVE_INFINITY }: ScoreOptions,
): Pairing<T> {
  const isScored = (sample: number): boolean =>
    sample >= skipSeconds * samplingRateHz && sample < untilSeconds * samplingRateHz;
  const test = found.toSorted((a, b) => a.sample - b.sample);
  const partners = matchBeats(
    reference.beats.map((beat) => beat.sample),
    test.map((beat) => beat.sample),
    (TOLERANCE_MS / 1000) * samplingRateHz,
  );
  const paired = new Set(partners);
  const inFlutter = (sample: number): boolean =>
    reference.flutter.some(({ from, to }) => sample >= from && sample <= to);
  return {
    pairs: reference.beats.flatMap((beat, r) =>
      !isScored(beat.sample) ? [] : { reference: beat, found: partners[r] >= 0 ? test[partners[r]] : null },
    ),
    unpaired: test.filter(({ sample }, t) => !paired.has(t) && isScored(sample) && !inFlutter(sample)),
  };
}

/** The confusion of a pairing; `classOf` gives the class a found beat is taken for, by default the one it has. */
export function countPairs<T extends ScoredBeat>(
  { pairs, unpaired }: Pairing<T>,
  classOf: (found: T) => BeatClass = (found) => found.beatClass,
): Confusion {
  const confusion = CONFUSION_ORDER.map(() => CONFUSION_ORDER.map(() => 0));
  for (const { reference, found } of pairs) {
    confusion[indexOf(reference.beatClass)][found ? indexOf(classOf(found)) : O]++;
  }
  for (const found of unpaired) confusion[O][indexOf(classOf(found))]++;
  return confusion;
}

/**
 * Compares the beats found in a record with its reference, beat by beat (EC57). False beats in ventricular flutter are
 * not counted. `found` in any order, `sample` as in the reference.
 */
export const scoreBeats = (reference: Reference, found: readonly ScoredBeat[], options: ScoreOptions): Confusion =>
  countPairs(pairBeats(reference, found, options));

/** The sum of records' confusions: what gross figures are made of. */
export function sumConfusions(confusions: readonly Confusion[]): Confusion {
  const sum = CONFUSION_ORDER.map(() => CONFUSION_ORDER.map(() => 0));
  for (const confusion of confusions) {
    for (let i = 0; i < sum.length; i++) for (let j = 0; j < sum.length; j++) sum[i][j] += confusion[i][j];
  }
  return sum;
}

const indexOf = (beatClass: BeatClass): number => CONFUSION_ORDER.indexOf(beatClass);
