import type { OpeningFigures, Scoring } from "../../contracts/scoring.ts";

/**
 * What a run that looked at DS2, the hold-out, leaves in the model's card, by the names of the JSON and in short: a card is
 * read by people too. Its records are told by MIT-BIH's names, whatever they are called here. null where it looked at none.
 */
export function openingFiguresOf({ splits, perRecord, annotatedPeaks }: Scoring): OpeningFigures | null {
  if (!("DS2" in splits)) return null;
  const { records, qrs, beats, without232, gate, calibration } = splits.DS2;
  const { ece, brier } = calibration.covered;
  return {
    records: records.map((name) => perRecord.find(({ record }) => record === name)?.mitdb ?? name),
    annotatedPeaks,
    qrs,
    beats,
    ...(without232 && { without232: { beats: without232.beats } }),
    gate: { coverage: gate.coverage, covered: { beats: gate.covered.beats } },
    calibration: { covered: { ece, brier } },
  };
}
