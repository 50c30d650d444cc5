import { SCORED_CLASSES } from "../figures.ts";
import { type Confusion, CONFUSION_ORDER } from "../score.ts";

const Q = CONFUSION_ORDER.indexOf("Q");
const O = CONFUSION_ORDER.indexOf("O");
const SCORED = SCORED_CLASSES.map((name) => CONFUSION_ORDER.indexOf(name));

/**
 * Of the reference's N, S, V and F beats that were found, the share that the gate did not reject (class Q), 0 to 1;
 * null where none was found.
 */
export function coverageOf(confusion: Confusion): number | null {
  const found = SCORED.reduce((sum, row) => sum + confusion[row].slice(0, O).reduce((a, b) => a + b, 0), 0);
  const rejected = SCORED.reduce((sum, row) => sum + confusion[row][Q], 0);
  return found > 0 ? (found - rejected) / found : null;
}

/** The confusion without the beats that the gate rejected: what the pipeline's word is worth where it gives it. */
export const coveredOnly = (confusion: Confusion): Confusion =>
  confusion.map((row) => row.map((count, column) => (column === Q ? 0 : count)));
