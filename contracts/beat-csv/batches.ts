import type { RejectedRow } from "../classify-api.ts";
import { BEAT_CSV_LIMITS, type BeatCsvCounts, type BeatCsvLimits, ROW_SAMPLES } from "./format.ts";
import { createBeatCsvParser } from "./parser.ts";

/** Rows that were taken, and those refused, since the last batch. */
export interface BeatCsvBatch {
  readonly count: number;
  /** Line of the file of each row, from 1: [count]. */
  readonly rows: Uint32Array;
  /** [count × ROW_SAMPLES], 0 to 1. */
  readonly samples: Float32Array;
  /** 0 to 4 (N S V F Q) or NO_LABEL: [count]. */
  readonly labels: Int8Array;
  readonly rejected: readonly RejectedRow[];
  /** Of the file up to here. */
  readonly counts: BeatCsvCounts;
}

/**
 * A file's rows in batches of `batchRows`, the last one shorter. It reads no further than its reader asks for, but for
 * the chunk at hand. A batch that has only refused rows comes where `batchRows` of them were met. Throws what the
 * parser throws, after the batches of what came before.
 */
export async function* beatCsvBatches(
  chunks: AsyncIterable<Uint8Array | string>,
  batchRows: number,
  limits: BeatCsvLimits = BEAT_CSV_LIMITS,
): AsyncGenerator<BeatCsvBatch, void, undefined> {
  let ready: BeatCsvBatch[] = [];
  let open = emptyBatch(batchRows);
  const finish = (): void => {
    const { count, rejected } = open;
    if (count === 0 && rejected.length === 0) return;
    ready.push({ ...open, ...shortened(open, count), counts: { ...parser.counts } });
    open = emptyBatch(batchRows);
  };
  const parser = createBeatCsvParser(
    {
      row(row, samples, label) {
        open.rows[open.count] = row;
        open.labels[open.count] = label;
        open.samples.set(samples, open.count * ROW_SAMPLES);
        if (++open.count === batchRows) finish();
      },
      rejected(row, reason) {
        open.rejected.push({ row, reason });
        if (open.rejected.length === batchRows) finish();
      },
    },
    limits,
  );
  /** What a call that failed found before, then its error. */
  const after = (call: () => void): { error: unknown } | null => {
    try {
      call();
      return null;
    } catch (error) {
      finish();
      return { error };
    }
  };
  for await (const chunk of chunks) {
    const failed = after(() => parser.push(chunk));
    yield* ready;
    ready = [];
    if (failed) throw failed.error;
  }
  const failed = after(() => parser.end());
  finish();
  yield* ready;
  if (failed) throw failed.error;
}

const emptyBatch = (batchRows: number) => ({
  count: 0,
  rows: new Uint32Array(batchRows),
  samples: new Float32Array(batchRows * ROW_SAMPLES),
  labels: new Int8Array(batchRows),
  rejected: [] as RejectedRow[],
});

function shortened({ rows, samples, labels }: ReturnType<typeof emptyBatch>, count: number) {
  if (count === rows.length) return { rows, samples, labels };
  return {
    rows: rows.slice(0, count),
    samples: samples.slice(0, count * ROW_SAMPLES),
    labels: labels.slice(0, count),
  };
}
