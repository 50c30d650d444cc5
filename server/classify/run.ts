import type { RowClassifier } from "../../model/rows/classifier.ts";
import { type Deferred, deferred } from "../../kit/deferred.ts";
import { classifyBeats, type ClassifiedBatch, type ClassifyOptions } from "./classify-beats.ts";
import { type Classification, Collection } from "./collection.ts";

/**
 * One file on its way through the classifier, at the pace of its source and whatever the readers of the result do: a
 * client that reads no answer before it has sent everything must not wait for itself. What waits for a reader is
 * compact, and bounded by the rows a file may have.
 */
export class ClassifyRun {
  /** A first row is classified; rejects where the file is refused before, as one without a row that can be taken is. */
  readonly begun: Promise<void>;
  /** Rejects with what ended the file before its end, `signal`'s reason among them. */
  readonly done: Promise<Classification>;
  private readonly collection = new Collection();
  private readonly first = deferred<void>();
  private more: Deferred<void> = deferred<void>();
  private isOver = false;

  constructor(
    chunks: AsyncIterable<Uint8Array>,
    classifier: RowClassifier,
    options: ClassifyOptions & { readonly signal: AbortSignal },
  ) {
    this.begun = this.first.promise;
    this.done = this.read(chunks, classifier, options);
    this.done.catch(() => {}); // Whoever waits is told; `begun` and `follow` tell it too.
  }

  /** All batches from the first one on, as they come. Throws what ended the file. */
  async *follow(): AsyncGenerator<ClassifiedBatch, void, undefined> {
    for (let at = 0; ;) {
      const { batches } = this.collection;
      while (at < batches.length) yield batches[at++];
      if (this.isOver) return void (await this.done);
      await this.more.promise;
    }
  }

  private async read(
    chunks: AsyncIterable<Uint8Array>,
    classifier: RowClassifier,
    { signal, ...options }: ClassifyOptions & { readonly signal: AbortSignal },
  ): Promise<Classification> {
    try {
      for await (const batch of classifyBeats(chunks, classifier, options)) {
        signal.throwIfAborted();
        this.collection.add(batch);
        this.tell();
        if (batch.count > 0) this.first.resolve();
      }
      return this.collection.end(classifier.info);
    } catch (error) {
      this.first.reject(error);
      throw error;
    } finally {
      this.isOver = true;
      this.tell();
    }
  }

  private tell(): void {
    this.more.resolve();
    this.more = deferred<void>();
  }
}
