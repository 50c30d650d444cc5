import { BEAT_CLASSES } from "./beat.ts";
import type { ClassifiedRow, RejectedRow } from "./classify-api.ts";

/** Head of the table that ?format=csv answers with and that the page gives to keep. */
export const CLASSIFIED_CSV_HEAD = `row,beatClass,${BEAT_CLASSES.join()},label,rejected\r\n`;

/** A line for each row, classified or refused, in the order of the file; refused ones have a reason and no class. */
export function classifiedCsvLines(rows: readonly ClassifiedRow[], rejected: readonly RejectedRow[]): string {
  const refused = BEAT_CLASSES.map(() => "").join();
  const lines = [
    ...rows.map(({ row, beatClass, probabilities, label = "" }) => {
      const all = BEAT_CLASSES.map((name) => probabilities[name]).join();
      return { row, line: `${row},${beatClass},${all},${label},` };
    }),
    ...rejected.map(({ row, reason }) => ({ row, line: `${row},,${refused},,"${reason.replaceAll('"', '""')}"` })),
  ];
  return lines
    .toSorted((a, b) => a.row - b.row)
    .map(({ line }) => `${line}\r\n`)
    .join("");
}
