import type { Scoring } from "../../contracts/scoring.ts";
import { identityInWords } from "../../data/identity/identity.ts";

/** Names that a line tells before it counts the others. */
const TOLD = 8;

/** Names of records in a line, the first ones of many. */
function namesInShort(names: readonly string[]): string {
  const more = names.length - TOLD;
  return more > 0 ? `${names.slice(0, TOLD).join(", ")} and ${more} more` : names.join(", ");
}

/** Said beside figures of records that the model was trained on. */
export const trainedOnNote = (records: readonly string[]): string =>
  `The model was trained on ${namesInShort(records)}: figures of these records say nothing of other patients.`;

/** What must be known of a run's records to read its figures, a line each. */
export function notesOn({ trainedOn, perRecord, splits }: Scoring): string[] {
  const renamed = perRecord.filter(({ record, identity }) => identity && identity.split("/").at(-1) !== record);
  const notes = renamed.flatMap(({ record, identity }) =>
    identity ? `${record} is ${identityInWords(identity)}` : [],
  );
  const strangers = perRecord.filter(({ identity }) => !identity).map(({ record }) => record);
  return [
    ...(trainedOn.length > 0 ? [trainedOnNote(trainedOn)] : []),
    ...(notes.length === 0 ? [] : [`By their samples: ${notes.join(", ")}.`]),
    ...(strangers.length > 0 && Object.keys(splits).length > 0
      ? [`Of no split, as their samples are not known: ${namesInShort(strangers)}.`]
      : []),
  ];
}
