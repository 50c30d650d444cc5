import { BEAT_CLASSES } from "../../contracts/beat.ts";
import { alignRight } from "../../scoring/tables.ts";
import type { Classification } from "./collection.ts";

/** A file's class totals, and where it has labels the confusion matrix and scores, as text. */
export function summaryOf({ counts, metrics }: Pick<Classification, "counts" | "metrics">): string {
  const totals = alignRight([
    ["class", "rows", "%"],
    ...BEAT_CLASSES.map((name) => [name, String(counts.classes[name]), percent(counts.classes[name], counts.rows)]),
  ]);
  if (!metrics) return totals;
  const { accuracy, macroF1, confusion, classes, rows } = metrics;
  const scores = alignRight([
    ["label", ...BEAT_CLASSES, "Se %", "+P %", "F1"],
    ...BEAT_CLASSES.map((name, k) => {
      const { se, ppv, f1 } = classes[name];
      return [name, ...confusion[k].map(String), percent(se), percent(ppv), f1 === null ? "–" : f1.toFixed(3)];
    }),
  ]);
  const head = `${rows} labelled rows: accuracy ${percent(accuracy)} %, macro-F1 ${macroF1.toFixed(3)}`;
  return `${totals}\n\n${head}\n${scores}\n\nRows: the labels; columns: the classifier.`;
}

const percent = (part: number | null, whole = 1): string =>
  part === null || whole === 0 ? "–" : ((100 * part) / whole).toFixed(2);
