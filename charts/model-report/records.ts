import { JUDGED_CLASSES } from "../../contracts/beat.ts";
import type { Evaluation } from "../../contracts/report.ts";
import { grouped, percent } from "../../kit/figures.ts";
import { dataTable } from "../table.ts";
import { two } from "./words.ts";

/** Where the errors of S and V are. */
export const errorTable = ({ share, records }: NonNullable<Evaluation["mostErrors"]>): string =>
  dataTable({
    caption: `Where S and V go wrong: ${records.length === 1 ? "one record has" : `${records.length} records have`} ${percent(share, 0)} of all missed and false ones`,
    columns: ["Record", "S missed", "S false", "V missed", "V false"],
    rows: records.map(({ record, missed, falselyCalled }) => [
      record,
      ...["S", "V"].flatMap((name) => [missed[name] ?? 0, falselyCalled[name] ?? 0]),
    ]),
  });

/** Each record, which is each patient. */
export function recordTable(records: NonNullable<Evaluation["perRecord"]>): string {
  return dataTable({
    caption: "Record by record (patient by patient): F1 and, in brackets, the record's beats of the class",
    columns: ["Record", "Accuracy", "Called", ...JUDGED_CLASSES.map((name) => `F1 of ${name}`)],
    rows: records.map((row) => [
      row.record,
      percent(row.accuracy),
      percent(row.coverage),
      ...JUDGED_CLASSES.map((name) => {
        const own = row.classes[name];
        return own && own.support > 0 ? `${two(own.f1)} (${grouped(own.support)})` : "–";
      }),
    ]),
  });
}
