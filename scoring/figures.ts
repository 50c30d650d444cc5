import { type Confusion, CONFUSION_ORDER } from "./score.ts";

/** The classes that are scored: paced and unclassifiable beats of the reference (Q) are not. */
export const SCORED_CLASSES = ["N", "S", "V", "F"] as const;
export type ScoredClass = (typeof SCORED_CLASSES)[number];

/** Se = TP / (TP + FN), +P = TP / (TP + FP): fractions, null where there is nothing to divide by. */
export interface QrsFigures {
  readonly truePositives: number;
  readonly falseNegatives: number;
  readonly falsePositives: number;
  readonly se: number | null;
  readonly ppv: number | null;
}

export interface ClassFigures {
  readonly se: number | null;
  readonly ppv: number | null;
  readonly f1: number | null;
  /** Reference beats of the class, found or missed. */
  readonly support: number;
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
  const [N, S, V, F] = SCORED.map((k) => classFigures(confusion, k));
  const classes = { N, S, V, F };
  const right = sum(SCORED.map((k) => confusion[k][k]));
  const all = sum(SCORED.map((k) => sum(confusion[k]) + confusion[O][k]));
  const f1 = Object.values(classes).flatMap((figures) => figures.f1 ?? []);
  return {
    accuracy: ratio(right, all),
    macroF1: ratio(sum(f1), f1.length),
    order: CONFUSION_ORDER,
    confusion,
    classes,
  };
}

function classFigures(confusion: Confusion, k: number): ClassFigures {
  const support = sum(confusion[k]);
  const called = sum(SCORED.map((row) => confusion[row][k])) + confusion[O][k];
  const hits = confusion[k][k];
  return { se: ratio(hits, support), ppv: ratio(hits, called), f1: ratio(2 * hits, support + called), support };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
