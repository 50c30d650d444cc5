import { JUDGED_CLASSES } from "../contracts/beat.ts";
import { ratio } from "../kit/figures.ts";
import { type ClassFigures, classFigures, macroF1Of, sum } from "./class-figures.ts";
import { type Confusion, CONFUSION_ORDER } from "./score.ts";

/** The classes that are scored: paced and unclassifiable beats of the reference (Q) are not. */
export const SCORED_CLASSES = JUDGED_CLASSES;
export type ScoredClass = (typeof SCORED_CLASSES)[number];

/** Se = TP / (TP + FN), +P = TP / (TP + FP): fractions, null where there is nothing to divide by. */
export interface QrsFigures {
  readonly truePositives: number;
  readonly falseNegatives: number;
  readonly falsePositives: number;
  readonly se: number | null;
  readonly ppv: number | null;
}

export interface BeatFigures {
  /** Of reference beats N, S, V, F and of false beats classified so: the share that is right. */
  readonly accuracy: number | null;
  /** Mean F1 of those classes of which there is a beat in reference or prediction. */
  readonly macroF1: number | null;
  readonly order: typeof CONFUSION_ORDER;
  readonly confusion: Confusion;
  readonly classes: Readonly<Record<ScoredClass, ClassFigures>>;
}

export interface Figures {
  readonly qrs: QrsFigures;
  readonly beats: BeatFigures;
}

const O = CONFUSION_ORDER.indexOf("O");
const SCORED = SCORED_CLASSES.map((name) => CONFUSION_ORDER.indexOf(name));

export const figuresOf = (confusion: Confusion): Figures => ({
  qrs: qrsFigures(confusion),
  beats: beatFigures(confusion),
});

/** Every beat counts here, of class Q too: detection is apart from classification. */
function qrsFigures(confusion: Confusion): QrsFigures {
  const rows = confusion.slice(0, O);
  const truePositives = sum(rows.map((row) => sum(row.slice(0, O))));
  const falseNegatives = sum(rows.map((row) => row[O]));
  const falsePositives = sum(confusion[O]);
  return {
    truePositives,
    falseNegatives,
    falsePositives,
    se: ratio(truePositives, truePositives + falseNegatives),
    ppv: ratio(truePositives, truePositives + falsePositives),
  };
}

function beatFigures(confusion: Confusion): BeatFigures {
  const [N, S, V, F] = SCORED.map((k) => {
    const called = sum(SCORED.map((row) => confusion[row][k])) + confusion[O][k];
    return classFigures(confusion[k][k], sum(confusion[k]), called);
  });
  const classes = { N, S, V, F };
  const right = sum(SCORED.map((k) => confusion[k][k]));
  const all = sum(SCORED.map((k) => sum(confusion[k]) + confusion[O][k]));
  return {
    accuracy: ratio(right, all),
    macroF1: macroF1Of(classes),
    order: CONFUSION_ORDER,
    confusion,
    classes,
  };
}
