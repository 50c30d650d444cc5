import { ratio } from "../kit/figures.ts";
import type { ScoredClass } from "./figures.ts";
import { type Confusion, CONFUSION_ORDER } from "./score.ts";

/** What EC57 leaves unscored at each record's begin, while a detector learns. */
export const LEARNING_SECONDS = 300;

const [N, S, V, F, Q, O] = CONFUSION_ORDER.keys();
const SCORED_ROWS = [N, S, V, F, O];

/** FP / (FP + TN) of each class: of the beats given out that are not of the class, the share called so; null: none. */
export function falsePositiveRates(confusion: Confusion): Readonly<Record<ScoredClass, number | null>> {
  const rate = (k: number): number | null => {
    let called = 0;
    let others = 0;
    for (const row of SCORED_ROWS) {
      if (row === k) continue;
      called += confusion[row][k];
      others += givenOut(confusion[row]);
    }
    return ratio(called, others);
  };
  return { N: rate(N), S: rate(S), V: rate(V), F: rate(F) };
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
function givenOut(row: readonly number[]): number {
  let sum = 0;
  for (let column = 0; column < O; column++) sum += row[column];
  return sum;
}
