import { BEAT_CLASSES, type BeatClass } from "../../contracts/beat.ts";
import { NO_LABEL } from "../../contracts/beat-csv/format.ts";
import type { ClassifyCounts, ClassifyMetrics, RowClassFigures } from "../../contracts/classify.ts";
import type { ClassifiedBatch } from "./classify-beats.ts";

const CLASSES = BEAT_CLASSES.length;

/** The most probable class of each row, as an index of BEAT_CLASSES; of equal ones the first. */
export function classesOf({ count, probabilities }: Pick<ClassifiedBatch, "count" | "probabilities">): Uint8Array {
  return Uint8Array.from({ length: count }, (_, row) => {
    let best = 0;
    for (let k = 1; k < CLASSES; k++) {
      if (probabilities[row * CLASSES + k] > probabilities[row * CLASSES + best]) best = k;
    }
    return best;
  });
}

/** Counts classes, and labels against classes, over the batches of a file. */
export class Tally {
  private rows = 0;
  private rejected = 0;
  private readonly called = BEAT_CLASSES.map(() => 0);
  /** Rows: labels; columns: results. */
  private readonly confusion = BEAT_CLASSES.map(() => BEAT_CLASSES.map(() => 0));

  add(batch: ClassifiedBatch): void {
    this.rows += batch.count;
    this.rejected += batch.rejected.length;
    classesOf(batch).forEach((beatClass, row) => {
      this.called[beatClass]++;
      const label = batch.labels[row];
      if (label !== NO_LABEL) this.confusion[label][beatClass]++;
    });
  }

  get counts(): ClassifyCounts {
    return { rows: this.rows, rejected: this.rejected, classes: byClass((k) => this.called[k]) };
  }

  /** Null where no row has a label. */
  get metrics(): ClassifyMetrics | null {
    const { confusion } = this;
    const rows = sum(confusion.map(sum));
    if (rows === 0) return null;
    const figures = byClass((k) => figuresOf(confusion, k));
    const scores = Object.values(figures).flatMap(({ f1 }) => f1 ?? []);
    return {
      rows,
      accuracy: sum(confusion.map((row, k) => row[k])) / rows,
      macroF1: sum(scores) / scores.length,
      order: [...BEAT_CLASSES],
      confusion: confusion.map((row) => [...row]),
      classes: figures,
    };
  }
}

function figuresOf(confusion: readonly (readonly number[])[], k: number): RowClassFigures {
  const hits = confusion[k][k];
  const support = sum(confusion[k]);
  const called = sum(confusion.map((row) => row[k]));
  return { se: ratio(hits, support), ppv: ratio(hits, called), f1: ratio(2 * hits, support + called), support };
}

const byClass = <T>(value: (k: number) => T): Record<BeatClass, T> => ({
  N: value(0),
  S: value(1),
  V: value(2),
  F: value(3),
  Q: value(4),
});
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
