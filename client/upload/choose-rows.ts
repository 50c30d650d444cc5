import { BEAT_CLASSES, type BeatClass } from "../../contracts/beat.ts";
import type { ClassifiedRow } from "../../contracts/classify.ts";

export interface RowChoice {
  /** Rows called so; null: all. */
  readonly beatClass: BeatClass | null;
  /** Rows whose label is another class. */
  readonly onlyWrong: boolean;
  readonly order: "file" | "unsure";
}

/** How sure the model was of the class it called, 0 to 1. */
export const confidenceOf = ({ beatClass, probabilities }: ClassifiedRow): number => probabilities[beatClass];

export const isWrong = ({ beatClass, label }: ClassifiedRow): boolean => label !== undefined && label !== beatClass;

/** The rows that are asked for, in the order that is asked for. */
export function chooseRows(
  rows: readonly ClassifiedRow[],
  { beatClass, onlyWrong, order }: RowChoice,
): readonly ClassifiedRow[] {
  const chosen =
    beatClass === null && !onlyWrong
      ? rows
      : rows.filter((row) => (beatClass === null || row.beatClass === beatClass) && (!onlyWrong || isWrong(row)));
  return order === "file" ? chosen : chosen.toSorted((a, b) => confidenceOf(a) - confidenceOf(b));
}

/** How many rows were called each class. */
export function totalsOf(rows: readonly ClassifiedRow[]): Readonly<Record<BeatClass, number>> {
  const totals = { N: 0, S: 0, V: 0, F: 0, Q: 0 };
  for (const { beatClass } of rows) totals[beatClass]++;
  return totals;
}

/** Rows and refusals as a CSV file, a line each in the order of the file, as /api/classify?format=csv has it. */
export function csvOf(rows: readonly ClassifiedRow[], rejected: readonly { row: number; reason: string }[]): string {
  const lines = [
    ...rows.map(({ row, beatClass, probabilities, label = "" }) => {
      const all = BEAT_CLASSES.map((name) => probabilities[name]).join();
      return { row, line: `${row},${beatClass},${all},${label},` };
    }),
    ...rejected.map(({ row, reason }) => ({ row, line: `${row},,,,,,,,"${reason.replaceAll('"', '""')}"` })),
  ].toSorted((a, b) => a.row - b.row);
  return [`row,beatClass,${BEAT_CLASSES.join()},label,rejected`, ...lines.map(({ line }) => line), ""].join("\r\n");
}
