import type { FalseSGroup, FalseSRow } from "../../contracts/false-s.ts";
import { ratio } from "../../kit/figures.ts";
import { bootstrap } from "../../scoring/bootstrap.ts";

type Called = FalseSRow["ungated"];

/** The figures of a group of records together, all of their hours as one. */
export function groupOf(
  group: Pick<FalseSGroup, "name" | "database" | "truth">,
  perRecord: readonly FalseSRow[],
): FalseSGroup {
  const sum = (count: (row: FalseSRow) => number, rows = perRecord): number =>
    rows.reduce((total, row) => total + count(row), 0);
  const together = (of: (row: FalseSRow) => Called, rows = perRecord) => {
    const isKnown = rows.every((row) => of(row).falseS !== null);
    const hours = sum((row) => row.hours, rows);
    const calledS = sum((row) => of(row).calledS, rows);
    const falseS = isKnown ? sum((row) => of(row).falseS ?? 0, rows) : null;
    return {
      calledS,
      falseS,
      calledPerHour: ratio(calledS, hours),
      falsePerHour: falseS === null ? null : ratio(falseS, hours),
    };
  };
  const interval = bootstrap(perRecord, (rows) => {
    const { calledPerHour, falsePerHour } = together((row) => row, rows);
    return { calledPerHour, falsePerHour };
  });
  return {
    ...group,
    records: perRecord.length,
    hours: sum(({ hours }) => hours),
    beats: sum(({ beats }) => beats),
    ...together((row) => row),
    interval,
    shareWithS: ratio(perRecord.filter(({ calledS }) => calledS > 0).length, perRecord.length),
    ungated: together(({ ungated }) => ungated),
    perRecord,
  };
}
