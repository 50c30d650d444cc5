import type { DriftFigures, Replay, RunVariant } from "../../contracts/replay.ts";
import { SCORED_CLASSES } from "../../scoring/figures.ts";
import { alignRight, fraction, percent } from "../../scoring/tables.ts";
import { trainedOnNote } from "../evaluation/notes.ts";
import { shortNameOf } from "./grid.ts";

/** A line a drift, the clean run first: with rejection and without. */
export function replayTable({ records, stretch, trainedOn, clean, cells }: Replay): string {
  const line = (name: string, run: DriftFigures): string[] => [
    name,
    percent(run.qrs.se),
    percent(run.qrs.ppv),
    percent(run.coverage),
    percent(run.beats.accuracy),
    change(run),
    ...f1s(run.covered),
    percent(run.ungated.beats.accuracy),
    ...f1s(run.ungated),
    fraction(run.calibration.covered.ece),
  ];
  const classes = SCORED_CLASSES.map((name) => `F1 ${name}`);
  const table = alignRight([
    ["", "QRS Se", "+P", "called", "acc. %", "change, 95 %", ...classes, "acc. %", ...classes, "ECE"],
    line("clean", clean),
    ...cells.map((run) => line(shortNameOf(run), run)),
  ]);
  const to = stretch.toSeconds === null ? "the end" : `${stretch.toSeconds} s`;
  return [
    `${records.length} records, scored from ${stretch.fromSeconds} s to ${to}`,
    table,
    "F1: first where a beat is called, then with nothing rejected. Accuracy counts rejected beats as errors at first.",
    ...(trainedOn.length > 0 ? [trainedOnNote(trainedOn)] : []),
  ].join("\n\n");
}

const f1s = ({ beats }: RunVariant): string[] => SCORED_CLASSES.map((name) => fraction(beats.classes[name].f1));

/** In points of a hundred. */
function change({ change: changes }: RunVariant): string {
  if (!changes) return "";
  const { value, interval } = changes.accuracy;
  if (value === null) return "–";
  const points = (one: number): string => `${one > 0 ? "+" : ""}${(100 * one).toFixed(1)}`;
  return interval ? `${points(value)} (${points(interval[0])} to ${points(interval[1])})` : points(value);
}
