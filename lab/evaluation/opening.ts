import type { OpeningFigures, Scoring } from "../../contracts/scoring.ts";
import { SPLITS } from "../../data/splits/splits.ts";

/** A look at a hold-out: which one, and what it said. */
export interface HoldOutFigures {
  readonly split: string;
  readonly figures: OpeningFigures;
}

/**
 * What a run that looked at hold-outs (DS2, SVDB's report half) leaves in the model's card of each, by the names of the JSON and in
 * short: a card is read by people too. Records are told by their databases' names, whatever they are called here. Empty where it looked at none.
 */
export function openingFiguresOf({ splits, perRecord, annotatedPeaks }: Scoring): HoldOutFigures[] {
  const looked = SPLITS.filter(({ name, isHoldOut }) => isHoldOut && name in splits);
  return looked.map(({ name: split }) => {
    const { records, qrs, beats, without232, gate, calibration } = splits[split];
    const { ece, brier } = calibration.covered;
    const trueName = (name: string): string =>
      perRecord
        .find(({ record }) => record === name)
        ?.identity?.split("/")
        .at(-1) ?? name;
    const figures: OpeningFigures = {
      records: records.map(trueName),
      annotatedPeaks,
      qrs,
      beats,
      ...(without232 && { without232: { beats: without232.beats } }),
      gate: { coverage: gate.coverage, covered: { beats: gate.covered.beats } },
      calibration: { covered: { ece, brier } },
    };
    return { split, figures };
  });
}

/** Said of a run that looked at hold-outs and does not enter it in the model's card. */
export function unloggedNote(splits: readonly string[]): string {
  const what = splits.length > 1 ? "hold-outs" : "the hold-out";
  return `These records include some of ${splits.join(" and ")}, ${what}: --log-opening enters a run in the model's card.`;
}
