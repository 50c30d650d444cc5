import type { Scoring } from "../../contracts/scoring.ts";

/** Said beside figures of records that the model was trained on. */
export const trainedOnNote = (records: readonly string[]): string =>
  `The model was trained on ${records.join(", ")}: figures of these records say nothing of other patients.`;

/** What must be known of a run's records to read its figures, a line each. */
export function notesOn({ trainedOn, perRecord }: Scoring): string[] {
  const renamed = perRecord.filter(({ record, mitdb }) => mitdb && mitdb !== record);
  const notes = renamed.map(({ record, mitdb }) => `${record} is MIT-BIH's ${mitdb}`).join(", ");
  return [
    ...(trainedOn.length > 0 ? [trainedOnNote(trainedOn)] : []),
    ...(notes === "" ? [] : [`By their samples: ${notes}.`]),
  ];
}
