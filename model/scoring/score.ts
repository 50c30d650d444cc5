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
}

/**
 * Compares the beats found in a record with its reference, beat by beat (EC57). False beats in ventricular flutter are
 * not counted. `found` in any order, `sample` as in the reference.
 */
export function scoreBeats(reference: Reference, found: readonly ScoredBeat[], options: ScoreOptions): Confusion {
  const { samplingRateHz, skipSeconds = 0 } = options;
  const begin = skipSeconds * samplingRateHz;
  const test = found.toSorted((a, b) => a.sample - b.sample);
  const partners = matchBeats(
    reference.beats.map((beat) => beat.sample),
    test.map((beat) => beat.sample),
    (TOLERANCE_MS / 1000) * samplingRateHz,
  );
  const confusion = CONFUSION_ORDER.map(() => CONFUSION_ORDER.map(() => 0));
  const paired = new Set<number>();
  reference.beats.forEach((beat, r) => {
    const partner = partners[r];
    if (partner >= 0) paired.add(partner);
    if (beat.sample < begin) return;
    confusion[indexOf(beat)][partner >= 0 ? indexOf(test[partner]) : O]++;
  });
  test.forEach((beat, t) => {
    const { sample } = beat;
    const inFlutter = reference.flutter.some(({ from, to }) => sample >= from && sample <= to);
    if (!paired.has(t) && sample >= begin && !inFlutter) confusion[O][indexOf(beat)]++;
  });
  return confusion;
}

/** The sum of records' confusions: what gross figures are made of. */
export function sumConfusions(confusions: readonly Confusion[]): Confusion {
  return CONFUSION_ORDER.map((_, i) =>
    CONFUSION_ORDER.map((__, j) => confusions.reduce((sum, confusion) => sum + confusion[i][j], 0)),
  );
}

const indexOf = (beat: ScoredBeat): number => CONFUSION_ORDER.indexOf(beat.beatClass);
