import { decimals, percentFigure } from "../kit/figures.ts";
import { type BeatFigures, type Figures, SCORED_CLASSES } from "./figures.ts";

/** Figures of a record, or of several together. */
export interface NamedFigures extends Figures {
  readonly name: string;
}

/** QRS detection, a line for each. */
export function qrsTable(rows: readonly NamedFigures[]): string {
  return alignRight([
    ["QRS", "beats", "TP", "FN", "FP", "Se %", "+P %"],
    ...rows.map(({ name, qrs }) => {
      const { truePositives, falseNegatives, falsePositives, se, ppv } = qrs;
      const counts = [truePositives + falseNegatives, truePositives, falseNegatives, falsePositives];
      return [name, ...counts.map(String), percent(se), percent(ppv)];
    }),
  ]);
}

/** One confusion matrix with the figures of each class beside it. */
export function classTable(name: string, { accuracy, macroF1, order, confusion, classes }: BeatFigures): string {
  const scored: readonly string[] = SCORED_CLASSES;
  const table = alignRight([
    ["ref.", ...order, "Se %", "+P %", "F1"],
    ...order.map((row, i) => {
      const counts = [row, ...confusion[i].map(String)];
      if (!scored.includes(row)) return [...counts, "", "", ""];
      const { se, ppv, f1 } = classes[row as keyof typeof classes];
      return [...counts, percent(se), percent(ppv), fraction(f1)];
    }),
  ]);
  return `${name}: accuracy ${percent(accuracy)} %, macro-F1 ${fraction(macroF1)}\n${table}`;
}

/** Detection and classification, a line for each record. */
export function recordTable(rows: readonly NamedFigures[]): string {
  return alignRight([
    ["record", "beats", "FN", "FP", "Se %", "+P %", "acc. %", ...SCORED_CLASSES.map((name) => `F1 ${name}`)],
    ...rows.map(({ name, qrs, beats }) => [
      name,
      String(qrs.truePositives + qrs.falseNegatives),
      String(qrs.falseNegatives),
      String(qrs.falsePositives),
      percent(qrs.se),
      percent(qrs.ppv),
      percent(beats.accuracy),
      ...SCORED_CLASSES.map((name) => fraction(beats.classes[name].f1)),
    ]),
  ]);
}

/** Columns as wide as their widest cell; the first one, of names, to the left. */
export function alignRight(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join("  "))
    .map((line) => line.trimEnd())
    .join("\n");
}

/** A fraction as a percentage with two decimals, a dash for null. */
export const percent = (value: number | null): string => percentFigure(value);
/** A fraction with three decimals, a dash for null. */
export const fraction = (value: number | null): string => decimals(value, 3);
