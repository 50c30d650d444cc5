import type { ReportRecord } from "../../../contracts/report.ts";

/** What the table of records can be ordered by. */
export type RecordColumn = "record" | "accuracy" | "called" | "N" | "S" | "V" | "F";

/** A record's value in a column; null where there is none. */
export function valueOf(
  { record, accuracy, coverage, classes }: ReportRecord,
  column: RecordColumn,
): string | number | null {
  if (column === "record") return record;
  if (column === "accuracy") return accuracy;
  if (column === "called") return coverage ?? null;
  const own = classes[column];
  return own && own.support > 0 ? own.f1 : null;
}

/** Records in order of a column; those without a value last, whichever way. */
export function ordered(records: readonly ReportRecord[], column: RecordColumn, isRising: boolean): ReportRecord[] {
  return records.toSorted((a, b) => {
    const [x, y] = [valueOf(a, column), valueOf(b, column)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    const order =
      typeof x === "number" && typeof y === "number"
        ? x - y
        : String(x).localeCompare(String(y), "en", { numeric: true });
    return isRising ? order : -order;
  });
}
