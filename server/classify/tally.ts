import { BEAT_CLASSES, type BeatClass } from "../../contracts/beat.ts";
import { NO_LABEL } from "../../contracts/beat-csv/format.ts";
import type { ClassifyCounts, ClassifyMetrics } from "../../contracts/classify-api.ts";
import { rowFigures } from "../../scoring/rows.ts";
import { argmax } from "../../kit/argmax.ts";
import type { ClassifiedBatch } from "./classify-beats.ts";

const CLASSES = BEAT_CLASSES.length;

/** The most probable class of each row, as an index of BEAT_CLASSES; of equal ones the first. */
export function classesOf({ count, probabilities }: Pick<ClassifiedBatch, "count" | "probabilities">): Uint8Array {
  return Uint8Array.from({ length: count }, (_, row) => argmax(probabilities, row * CLASSES, CLASSES));
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
    const figures = rowFigures(this.confusion);
    return figures.rows === 0 ? null : figures;
  }
}

const byClass = <T>(value: (k: number) => T): Record<BeatClass, T> => ({
  N: value(0),
  S: value(1),
  V: value(2),
  F: value(3),
  Q: value(4),
});
