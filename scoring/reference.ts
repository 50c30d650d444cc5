import type { BeatClass } from "../contracts/beat.ts";
import { beatClassOf } from "../data/aami.ts";

/** A beat, by the annotators or by us. */
export interface ScoredBeat {
  readonly sample: number;
  readonly beatClass: BeatClass;
}

/** Samples `from` to `to`, both within. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What a record's annotators say. */
export interface Reference {
  /** In order of sample. */
  readonly beats: readonly ScoredBeat[];
  /** Ventricular flutter or fibrillation, where EC57 scores no beats. */
  readonly flutter: readonly Stretch[];
}

/**
 * The reference of a record's annotations: its beats, without those in ventricular flutter or fibrillation, which
 * symbols [ and ] enclose. A flutter that does not end lasts to the record's end.
 */
export function referenceOf(annotations: readonly { readonly sample: number; readonly symbol: string }[]): Reference {
  const beats: ScoredBeat[] = [];
  const flutter: Stretch[] = [];
  let flutterFrom: number | null = null;
  for (const { sample, symbol } of annotations.toSorted((a, b) => a.sample - b.sample)) {
    if (symbol === "[") flutterFrom ??= sample;
    else if (symbol === "]" && flutterFrom !== null) {
      flutter.push({ from: flutterFrom, to: sample });
      flutterFrom = null;
    } else if (flutterFrom === null) {
      const beatClass = beatClassOf(symbol);
      if (beatClass) beats.push({ sample, beatClass });
    }
  }
  if (flutterFrom !== null) flutter.push({ from: flutterFrom, to: Number.POSITIVE_INFINITY });
  return { beats, flutter };
}
