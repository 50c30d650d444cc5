import type { Random } from "../../../kit/random.ts";
import { shuffle } from "../../../kit/shuffle.ts";
import { type TrainingRecord, NO_TARGET } from "../records/record.ts";

/** Consecutive beats of one record. */
export interface Row {
  readonly record: TrainingRecord;
  readonly from: number;
  readonly count: number;
}

/** `time` consecutive beats of each of some rows: one training step's data. */
export interface Chunk {
  readonly rows: number;
  readonly time: number;
  /** The rows begin here: their state is zero. */
  readonly first: boolean;
  /** [rows × time × windowLength]. */
  readonly windows: Float32Array;
  /** [rows × time × featureCount]. */
  readonly features: Float32Array;
  /** [rows × time]; NO_TARGET behind a row's end. */
  readonly targets: Int8Array;
}

export interface RowOptions {
  /** Beats of a row at the most. */
  readonly rowLength: number;
  readonly rowsPerBatch: number;
  /** Beats over which gradients flow. */
  readonly time: number;
}

/** Cuts the records into rows of about equal length and puts them in batches, all in an order drawn from `random`. */
export function batchRows(records: readonly TrainingRecord[], options: RowOptions, random: Random): Row[][] {
  const rows = records.flatMap((record) => {
    const pieces = Math.max(1, Math.ceil(record.count / options.rowLength));
    const bounds = Array.from({ length: pieces + 1 }, (_, piece) => Math.round((piece * record.count) / pieces));
    return bounds.slice(1).map((to, piece) => ({ record, from: bounds[piece], count: to - bounds[piece] }));
  });
  shuffle(rows, random);
  return Array.from({ length: Math.ceil(rows.length / options.rowsPerBatch) }, (_, batch) =>
    rows.slice(batch * options.rowsPerBatch, (batch + 1) * options.rowsPerBatch),
  );
}

/** A batch's rows in steps of `time` beats, in order, so that the state can be carried from one to the next. */
export function* chunksOf(batch: readonly Row[], time: number): Generator<Chunk> {
  const longest = Math.max(...batch.map((row) => row.count));
  const [{ record }] = batch;
  const windowLength = record.windows.length / record.count;
  const featureCount = record.features.length / record.count;
  for (let start = 0; start < longest; start += time) {
    const size = batch.length * time;
    const windows = new Float32Array(size * windowLength);
    const features = new Float32Array(size * featureCount);
    const targets = new Int8Array(size).fill(NO_TARGET);
    batch.forEach((row, index) => {
      const from = row.from + start;
      const to = Math.min(from + time, row.from + row.count);
      if (to <= from) return;
      const at = index * time;
      windows.set(row.record.windows.subarray(from * windowLength, to * windowLength), at * windowLength);
      features.set(row.record.features.subarray(from * featureCount, to * featureCount), at * featureCount);
      targets.set(row.record.targets.subarray(from, to), at);
    });
    yield { rows: batch.length, time, first: start === 0, windows, features, targets };
  }
}

/** Training steps of an epoch, for progress. */
export const countSteps = (batches: readonly (readonly Row[])[], time: number): number =>
  batches.reduce((sum, batch) => sum + Math.ceil(Math.max(...batch.map((row) => row.count)) / time), 0);
