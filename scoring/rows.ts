import { BEAT_CLASSES, type BeatClass } from "../contracts/beat.ts";
import { argmax } from "../kit/argmax.ts";
import { ratio } from "../kit/figures.ts";
import type { Answer } from "./calibration.ts";
import { type ClassFigures, classFigures, macroF1Of, sum } from "./class-figures.ts";

/** Of isolated beats, each of which is there and is given one of five classes: none is missed, none is false. */
export interface RowFigures {
  readonly rows: number;
  readonly accuracy: number;
  /** Mean F1 of the classes that are in reference or prediction. */
  readonly macroF1: number;
  readonly order: BeatClass[];
  /** Rows: reference; columns: prediction; both in `order`. */
  readonly confusion: number[][];
  readonly classes: Record<BeatClass, ClassFigures>;
}

const CLASSES = BEAT_CLASSES.length;

/** Figures of a 5 × 5 confusion (reference rows, predicted columns); 0 where there is nothing to divide by. */
export function rowFigures(confusion: readonly (readonly number[])[]): RowFigures {
  const [N, S, V, F, Q] = BEAT_CLASSES.map((_, k) =>
    classFigures(confusion[k][k], sum(confusion[k]), sum(confusion.map((row) => row[k]))),
  );
  const classes = { N, S, V, F, Q };
  const rows = sum(confusion.map(sum));
  return {
    rows,
    accuracy: ratio(sum(confusion.map((row, k) => row[k])), rows) ?? 0,
    macroF1: macroF1Of(classes) ?? 0,
    order: [...BEAT_CLASSES],
    confusion: confusion.map((row) => [...row]),
    classes,
  };
}

/** The most probable class of each row of `probabilities` [count × 5], as its number; of equal ones the first. */
export const predictedClasses = (probabilities: Float32Array): Uint8Array =>
  Uint8Array.from({ length: probabilities.length / CLASSES }, (_, row) =>
    argmax(probabilities, row * CLASSES, CLASSES),
  );

/** Confusion of `probabilities` [count × 5] against the class numbers of the same rows. */
export function rowConfusion(probabilities: Float32Array, labels: ArrayLike<number>): number[][] {
  const confusion = BEAT_CLASSES.map(() => BEAT_CLASSES.map(() => 0));
  predictedClasses(probabilities).forEach((predicted, row) => confusion[labels[row]][predicted]++);
  return confusion;
}

/** What `probabilities` [count × 5] say of rows with these class numbers, for their calibration. */
export const rowAnswers = (probabilities: Float32Array, labels: ArrayLike<number>): Answer<BeatClass>[] =>
  Array.from(labels, (label, row) => {
    const [N, S, V, F, Q] = probabilities.subarray(row * CLASSES, (row + 1) * CLASSES);
    return { truth: BEAT_CLASSES[label], probabilities: { N, S, V, F, Q } };
  });
