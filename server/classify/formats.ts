import type { ApiError } from "../../contracts/api.ts";
import { BEAT_CLASSES } from "../../contracts/beat.ts";
import { NO_LABEL } from "../../contracts/beat-csv/format.ts";
import { CLASSIFIED_CSV_HEAD, classifiedCsvLines } from "../../contracts/classified-csv.ts";
import type { ClassifiedRow, ClassifyEvent } from "../../contracts/classify-api.ts";
import type { ClassifiedBatch } from "./classify-beats.ts";
import type { Classification } from "./collection.ts";
import type { ClassifyRun } from "./run.ts";
import { classesOf } from "./tally.ts";

const CLASSES = BEAT_CLASSES.length;
/** Probabilities are given to six decimals. */
const DECIMALS = 1e6;

export function rowsOf(batch: ClassifiedBatch): ClassifiedRow[] {
  return Array.from(classesOf(batch), (best, at) => {
    const p = (k: number): number => rounded(batch.probabilities[at * CLASSES + k]);
    const row = {
      row: batch.rows[at],
      beatClass: BEAT_CLASSES[best],
      probabilities: { N: p(0), S: p(1), V: p(2), F: p(3), Q: p(4) },
    };
    const label = batch.labels[at];
    return label === NO_LABEL ? row : { ...row, label: BEAT_CLASSES[label] };
  });
}

/** ClassifyEvents, one a line, as a run goes on; `failureOf` is what its reader is told of an error that ends it. */
export async function* ndjsonOf(
  run: ClassifyRun,
  start: Extract<ClassifyEvent, { event: "start" }>,
  failureOf: (error: unknown) => Promise<ApiError["error"]>,
): AsyncGenerator<string> {
  const lines = (events: readonly ClassifyEvent[]): string =>
    events.map((event) => `${JSON.stringify(event)}\n`).join("");
  yield lines([start]);
  try {
    for await (const batch of run.follow()) yield lines(eventsOf(batch));
    const { counts, metrics } = await run.done;
    yield lines([{ event: "end", counts, ...(metrics ? { metrics } : {}) }]);
  } catch (error) {
    yield lines([{ event: "error", error: await failureOf(error) }]);
  }
}

/** A batch as the events that tell of it. */
function eventsOf(batch: ClassifiedBatch): ClassifyEvent[] {
  const { counts, rejected } = batch;
  return [
    ...(batch.count > 0 ? [{ event: "rows" as const, rows: rowsOf(batch) }] : []),
    ...(rejected.length > 0 ? [{ event: "rejected" as const, rejected: [...rejected] }] : []),
    { event: "progress", ...counts },
  ];
}

/** A ClassifyResult as the pieces of its text. */
export function* jsonOf({ model, batches, counts, metrics }: Classification): Generator<string> {
  let separator = '{"rows":[';
  for (const batch of batches) {
    if (batch.count === 0) continue;
    yield separator + JSON.stringify(rowsOf(batch)).slice(1, -1);
    separator = ",";
  }
  const rejected = batches.flatMap((batch) => batch.rejected);
  const rest = JSON.stringify({ rejected, counts, ...(metrics ? { metrics } : {}), model });
  yield `${separator === "," ? "" : separator}],${rest.slice(1)}`;
}

/** A table, a line for each row of the file, in its order; refused ones have a reason and no class. */
export function* csvOf({ batches }: Pick<Classification, "batches">): Generator<string> {
  yield CLASSIFIED_CSV_HEAD;
  for (const batch of batches) yield classifiedCsvLines(rowsOf(batch), batch.rejected);
}

const rounded = (probability: number): number => Math.round(probability * DECIMALS) / DECIMALS;
