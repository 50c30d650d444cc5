import { paragraph } from "../../charts/page.ts";
import { type Cell, dataTable } from "../../charts/table.ts";
import { SCORED_CLASSES } from "../../model/scoring/figures.ts";
import type { Difference } from "../../model/scoring/summary/intervals.ts";
import { shortNameOf } from "./cells.ts";
import type { CellFigures, CellResult, Replay } from "./replay.ts";
import type { RunFigures } from "./run-figures.ts";

const percent = (value: number | null): string => (value === null ? "–" : (100 * value).toFixed(2));
const fraction = (value: number | null): string => (value === null ? "–" : value.toFixed(3));

/** A line a drift, the clean run first. */
export function driftTable({ clean, cells }: Replay): string {
  const classes = SCORED_CLASSES.map((name) => `F1 ${name}`);
  const line = (name: string, run: CellFigures): Cell[] => [
    name,
    percent(run.qrs.se),
    percent(run.qrs.ppv),
    percent(run.coverage),
    percent(run.covered.beats.accuracy),
    points(run.covered.change?.accuracy),
    ...SCORED_CLASSES.map((one) => fraction(run.covered.beats.classes[one].f1)),
    points(run.covered.change?.classes.V.f1),
    percent(run.ungated.beats.accuracy),
    points(run.ungated.change?.accuracy),
    ...SCORED_CLASSES.map((one) => fraction(run.ungated.beats.classes[one].f1)),
    fraction(run.calibration.covered.ece),
  ];
  return dataTable({
    caption:
      "Where called: accuracy, F1, and their change in points of a hundred. Then the same with nothing rejected.",
    columns: [
      "drift",
      "QRS Se %",
      "+P %",
      "called %",
      "accuracy %",
      "change",
      ...classes,
      "change of F1 V",
      "all: accuracy %",
      "change",
      ...classes.map((name) => `all: ${name}`),
      "ECE",
    ],
    rows: [line("clean", clean), ...cells.map((cell) => line(shortNameOf(cell), cell))],
  });
}

/** What follows the drift, where it ends before the records do. */
export function recoveryTable({ clean, cells }: Replay): string {
  const line = (name: string, run: RunFigures | undefined): Cell[] => [
    name,
    percent(run?.coverage ?? null),
    percent(run?.covered.beats.accuracy ?? null),
    points(run?.covered.change?.accuracy),
    ...SCORED_CLASSES.map((one) => fraction(run?.covered.beats.classes[one].f1 ?? null)),
  ];
  return (
    paragraph(
      "From the end of the last drift to each record's end: whether the bed's averages and the model's memory recover.",
    ) +
    dataTable({
      columns: ["drift", "called %", "accuracy %", "change", ...SCORED_CLASSES.map((name) => `F1 ${name}`)],
      rows: [line("clean", clean.after), ...cells.map((cell) => line(shortNameOf(cell), cell.after))],
    })
  );
}

/** Of a grid, the records are shown under these. */
const SHOWN = ["em 12 dB", "em 6 dB", "bw 6 dB", "ma 6 dB", "wander 2 mV", "gain ×0.5"];

/** Accuracy (rejected beats left out) and share called, a line a record. */
export function recordTable({ clean, cells, records }: Replay): string {
  const isGrid = cells.some(({ family }) => family !== null);
  const shown = cells.filter((cell) => !isGrid || SHOWN.includes(shortNameOf(cell)));
  const runs: readonly [string, CellFigures][] = [
    ["clean", clean],
    ...shown.map((cell: CellResult): [string, CellFigures] => [shortNameOf(cell), cell]),
  ];
  return dataTable({
    caption: "F1 of V and S where called, and the share called, under some of the drifts",
    columns: ["record", "S", "V", ...runs.flatMap(([name]) => [`${name}: V`, "S", "called %"])],
    rows: records.map((record, i) => [
      record,
      clean.perRecord[i].support.S,
      clean.perRecord[i].support.V,
      ...runs.flatMap(([, run]): Cell[] => {
        const { f1, coverage } = run.perRecord[i];
        return [fraction(f1.V), fraction(f1.S), percent(coverage)];
      }),
    ]),
  });
}

/** In points of a hundred, with its interval. */
function points(change: Difference | undefined): string {
  if (!change) return "";
  const text = (value: number): string => `${value > 0 ? "+" : ""}${(100 * value).toFixed(1)}`;
  if (change.value === null) return "–";
  return change.interval
    ? `${text(change.value)} [${text(change.interval[0])}, ${text(change.interval[1])}]`
    : text(change.value);
}
