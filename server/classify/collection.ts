import type { ClassifyCounts, ClassifyMetrics, RowModel } from "../../contracts/classify-api.ts";
import type { ClassifiedBatch } from "./classify-beats.ts";
import { Tally } from "./tally.ts";

/** Refused rows that are listed; all are counted. */
export const MAX_LISTED = 10_000;

/** What a whole file came to. */
export interface Classification {
  readonly model: RowModel;
  readonly batches: readonly ClassifiedBatch[];
  readonly counts: ClassifyCounts;
  readonly metrics: ClassifyMetrics | null;
}

/** Gathers a file's batches: 25 bytes a row, and the reasons of the first MAX_LISTED refusals. */
export class Collection {
  private readonly tally = new Tally();
  private listed = 0;
  readonly batches: ClassifiedBatch[] = [];

  /** Counts a batch, and gives it back without the refusals that are too many to list. */
  add(batch: ClassifiedBatch): ClassifiedBatch {
    this.tally.add(batch);
    const rejected = batch.rejected.slice(0, MAX_LISTED - this.listed);
    this.listed += rejected.length;
    const kept = { ...batch, rejected };
    this.batches.push(kept);
    return kept;
  }

  end(model: RowModel): Classification {
    const { batches, tally } = this;
    return { model, batches, counts: tally.counts, metrics: tally.metrics };
  }
}
