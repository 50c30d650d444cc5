import { ROW_CLASSES, ROW_LENGTH, type RowClass, type RowClassifier } from "./classifier.ts";

/** A class's sensitivity, positive predictivity and F1; null where there is nothing to divide by. */
export interface RowClassFigures {
  readonly se: number | null;
  readonly ppv: number | null;
  readonly f1: number | null;
  /** Reference rows of the class. */
  readonly support: number;
}

export interface RowFigures {
  readonly rows: number;
  readonly accuracy: number;
  /** Mean F1 of the classes that are in reference or prediction. */
  readonly macroF1: number;
  readonly order: typeof ROW_CLASSES;
  /** Rows: reference; columns: prediction; both in `order`. */
  readonly confusion: readonly (readonly number[])[];
  readonly classes: Readonly<Record<RowClass, RowClassFigures>>;
}

const CLASSES = ROW_CLASSES.length;
const BATCH = 256;

/** Figures of a 5 × 5 confusion (reference rows, predicted columns). */
export function rowFigures(confusion: readonly (readonly number[])[]): RowFigures {
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
  const [N, S, V, F, Q] = ROW_CLASSES.map((_, k): RowClassFigures => {
    const support = sum(confusion[k]);
    const called = sum(confusion.map((row) => row[k]));
    const hits = confusion[k][k];
    return { se: ratio(hits, support), ppv: ratio(hits, called), f1: ratio(2 * hits, support + called), support };
  });
  const classes = { N, S, V, F, Q };
  const rows = sum(confusion.map(sum));
  const f1 = Object.values(classes).flatMap((figures) => figures.f1 ?? []);
  return {
    rows,
    accuracy: ratio(sum(confusion.map((row, k) => row[k])), rows) ?? 0,
    macroF1: ratio(sum(f1), f1.length) ?? 0,
    order: ROW_CLASSES,
    confusion,
    classes,
  };
}

/** The most probable class of each row, as its number. */
export function predictedClasses(probabilities: Float32Array): Uint8Array {
  return Uint8Array.from({ length: probabilities.length / CLASSES }, (_, row) => {
    let best = 0;
    for (let k = 1; k < CLASSES; k++) {
      if (probabilities[row * CLASSES + k] > probabilities[row * CLASSES + best]) best = k;
    }
    return best;
  });
}

/** Probabilities [indices.length × 5] of the rows with these indices. */
export async function classifyRows(
  classifier: RowClassifier,
  rows: Float32Array,
  indices: ArrayLike<number>,
): Promise<Float32Array> {
  const all = new Float32Array(indices.length * CLASSES);
  const batch = new Float32Array(BATCH * ROW_LENGTH);
  for (let from = 0; from < indices.length; from += BATCH) {
    const count = Math.min(BATCH, indices.length - from);
    for (let i = 0; i < count; i++) {
      const at = indices[from + i] * ROW_LENGTH;
      batch.set(rows.subarray(at, at + ROW_LENGTH), i * ROW_LENGTH);
    }
    all.set(await classifier.classify(batch, count), from * CLASSES);
  }
  return all;
}

/** Confusion of `probabilities` (row by row those of `indices`) against `labels` (of all rows). */
export function rowConfusion(probabilities: Float32Array, labels: Uint8Array, indices: ArrayLike<number>): number[][] {
  const confusion = ROW_CLASSES.map(() => ROW_CLASSES.map(() => 0));
  predictedClasses(probabilities).forEach((predicted, i) => confusion[labels[indices[i]]][predicted]++);
  return confusion;
}
