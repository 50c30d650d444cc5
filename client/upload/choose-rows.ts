import type { BeatClass } from "../../contracts/beat.ts";
import type { ClassifiedRow } from "../../contracts/classify-api.ts";

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
