import { SCORED_CLASSES, type ScoredClass } from "./figures.ts";
import { type Confusion, CONFUSION_ORDER } from "./score.ts";

/** What EC57 leaves unscored at each record's begin, while a detector learns. */
export const LEARNING_SECONDS = 300;

const [N, S, V, F, Q, O] = CONFUSION_ORDER.keys();

/** FP / (FP + TN) of each class: of the beats given out that are not of the class, the share called so; null: none. */
export function falsePositiveRates(confusion: Confusion): Readonly<Record<ScoredClass, number | null>> {
  const rate = (k: number): number | null => {
    const others = [N, S, V, F, O].filter((row) => row !== k);
    const called = others.reduce((sum, row) => sum + confusion[row][k], 0);
    return ratio(called, called + others.reduce((sum, row) => sum + givenOut(confusion[row]) - confusion[row][k], 0));
  };
  return Object.fromEntries(SCORED_CLASSES.map((name, k) => [name, rate(k)])) as Record<ScoredClass, number | null>;
}

/** Se, +P and false positive rate by the standard's own rules. */
export interface StandardFigures {
  readonly se: number | null;
  readonly ppv: number | null;
  readonly fpr: number | null;
}

/**
 * Ventricular and supraventricular ectopic beats as EC57 and WFDB's bxb(1) count them: a fusion or unclassifiable beat
 * called V is no error, nor is an unclassifiable one called S.
 */
export function standardFigures(confusion: Confusion): { readonly V: StandardFigures; readonly S: StandardFigures } {
  return { V: standard(confusion, V, [N, S, O]), S: standard(confusion, S, [N, V, F, O]) };
}

/** `against`: the rows whose beats, called `k`, are errors. */
function standard(confusion: Confusion, k: number, against: readonly number[]): StandardFigures {
  const hits = confusion[k][k];
  const false_ = against.reduce((sum, row) => sum + confusion[row][k], 0);
  const negatives = [N, S, V, F, Q, O].filter((row) => row !== k);
  const right = negatives.reduce((sum, row) => sum + givenOut(confusion[row]) - confusion[row][k], 0);
  return {
    se: ratio(
      hits,
      confusion[k].reduce((sum, count) => sum + count, 0),
    ),
    ppv: ratio(hits, hits + false_),
    fpr: ratio(false_, false_ + right),
  };
}

/** Beats of a row that were found at all. */
const givenOut = (row: readonly number[]): number => row.slice(0, O).reduce((sum, count) => sum + count, 0);
const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
