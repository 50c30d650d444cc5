import type { DriftFigures, DriftResult, Replay, RunFigures, RunVariant } from "../../contracts/replay.ts";
import { paragraph } from "../../charts/page.ts";
import { type Cell, dataTable } from "../../charts/table.ts";
import { SCORED_CLASSES } from "../../scoring/figures.ts";
import type { Difference } from "../../scoring/summary/intervals.ts";
import { fraction, percent } from "../../scoring/tables.ts";
import { shortNameOf } from "./grid.ts";

/** A line a drift, the clean run first: where a beat is called, then with nothing rejected. */
export function driftTables(replay: Replay): string {
  const called = driftTable(replay, "Where called (rejected beats left out)", ({ covered }) => covered);
  const all = driftTable(replay, "Nothing rejected", ({ ungated }) => ungated);
  return (
    called +
    all +
    paragraph(
      "Beats that were missed count against every class, and so do false ones. Change against the clean run, in points of a hundred, with its 95 % interval. ECE: expected calibration error of the beats called.",
      "dim",
    )
  );
}

function driftTable({ clean, cells }: Replay, caption: string, of: (run: DriftFigures) => RunVariant): string {
  const line = (name: string, run: DriftFigures): Cell[] => {
    const { beats, change } = of(run);
    return [
      name,
      percent(run.qrs.se),
      percent(run.qrs.ppv),
      percent(run.coverage),
      percent(beats.accuracy),
      points(change?.accuracy),
      ...SCORED_CLASSES.flatMap((one) => [fraction(beats.classes[one].f1), points(change?.classes[one].f1)]),
      fraction(run.calibration.covered.ece),
    ];
  };
  const classes = SCORED_CLASSES.flatMap((name) => [`F1 ${name}`, "change"]);
  return dataTable({
    caption,
    columns: ["drift", "QRS Se %", "+P %", "called %", "accuracy %", "change", ...classes, "ECE"],
    rows: [line("clean", clean), ...cells.map((run) => line(shortNameOf(run), run))].map((row) => row.map(unbroken)),
  });
}

/** Cells of a wide table stay on one line; it scrolls sideways. */
const unbroken = (cell: Cell): Cell => (typeof cell === "string" ? cell.replaceAll(" ", "\u00a0") : cell);

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
      rows: [line("clean", clean.after), ...cells.map((run) => line(shortNameOf(run), run.after))],
    })
  );
}

/** Of a grid, the records are shown under these. */
const SHOWN = ["em 12 dB", "em 6 dB", "bw 6 dB", "ma 6 dB", "wander 2 mV", "gain ×0.5"];

/** Accuracy (rejected beats left out) and share called, a line a record. */
export function recordTable({ clean, cells, records }: Replay): string {
  const isGrid = cells.some(({ family }) => family !== null);
  const shown = cells.filter((run) => !isGrid || SHOWN.includes(shortNameOf(run)));
  const runs: readonly [string, DriftFigures][] = [
    ["clean", clean],
    ...shown.map((run: DriftResult): [string, DriftFigures] => [shortNameOf(run), run]),
  ];
  return dataTable({
    caption: "F1 of V and S where called, and the share called, under some of the drifts",
    columns: ["record", "S beats", "V beats", ...runs.flatMap(([name]) => [`${name}: V`, "S", "called %"])],
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
  const text = (value: number): string => {
    const rounded = (100 * value).toFixed(1);
    return Number(rounded) === 0 ? "0.0" : value > 0 ? `+${rounded}` : rounded;
  };
  if (change.value === null) return "–";
  return change.interval
    ? `${text(change.value)} [${text(change.interval[0])}, ${text(change.interval[1])}]`
    : text(change.value);
}
