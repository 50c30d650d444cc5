import { beatCsvBatches } from "../../contracts/beat-csv/batches.ts";
import { BEAT_CSV_LIMITS, type BeatCsvCounts, type BeatCsvLimits } from "../../contracts/beat-csv/format.ts";
import type { RejectedRow } from "../../contracts/classify-api.ts";
import type { RowClassifier } from "../../model/rows/classifier.ts";

/** Rows of a file that are classified, and those that were refused, in compact form. */
export interface ClassifiedBatch {
  readonly count: number;
  /** Line of the file of each row, from 1: [count]. */
  readonly rows: Uint32Array;
  /** [count × 5], in the order of BEAT_CLASSES. */
  readonly probabilities: Float32Array;
  /** 0 to 4 or NO_LABEL: [count]. */
  readonly labels: Int8Array;
  readonly rejected: readonly RejectedRow[];
  /** Of the file, when the batch was read. */
  readonly counts: BeatCsvCounts;
}

export interface ClassifyOptions {
  /** Rows of one call of the classifier. */
  readonly batchRows?: number;
  /** Calls under way at once, so that reading goes on meanwhile. */
  readonly inFlight?: number;
  readonly limits?: BeatCsvLimits;
}

const BATCH_ROWS = 256;
const IN_FLIGHT = 6;

/**
 * Classifies a CSV of beats as its bytes come: batches in the order of the file. No more is read than its reader takes
 * and `inFlight` batches. Throws BAD_CSV or TOO_LARGE after the batches of the rows before; what the classifier or the
 * source throws ends it at once.
 */
export async function* classifyBeats(
  chunks: AsyncIterable<Uint8Array | string>,
  classifier: RowClassifier,
  { batchRows = BATCH_ROWS, inFlight = IN_FLIGHT, limits = BEAT_CSV_LIMITS }: ClassifyOptions = {},
): AsyncGenerator<ClassifiedBatch, void, undefined> {
  const underWay: Promise<ClassifiedBatch>[] = [];
  let failure: { readonly error: unknown } | null = null;
  const batches = beatCsvBatches(chunks, batchRows, limits);
  try {
    for (;;) {
      const { value: batch, done } = await nextOf(batches, (error) => (failure = { error }));
      if (done) break;
      const { samples, ...rest } = batch;
      const classified = async (): Promise<ClassifiedBatch> => {
        const probabilities = batch.count === 0 ? new Float32Array(0) : await classifier.classify(samples, batch.count);
        return { ...rest, probabilities };
      };
      const promise = classified();
      promise.catch(() => {}); // Told when its turn comes.
      underWay.push(promise);
      if (underWay.length >= inFlight) yield await (underWay.shift() as Promise<ClassifiedBatch>);
    }
    for (const promise of underWay) yield await promise;
  } finally {
    await batches.return();
  }
  if (failure) throw (failure as { error: unknown }).error;
}

/** The next item; an error of the generator's is told to `onError` and ends it. */
async function nextOf<T>(items: AsyncGenerator<T, void, undefined>, onError: (error: unknown) => void) {
  try {
    return await items.next();
  } catch (error) {
    onError(error);
    return { value: undefined, done: true as const };
  }
}
