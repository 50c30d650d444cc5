/** What every message has, for what is none but takes the place of some. */
abstract class StandIn {
  readonly key = null;
  readonly timestamp = "0";
  readonly attributes = 0;
  readonly headers = {};
  /** The last offset it stands for, so that reading goes on behind it. */
  abstract readonly offset: string;
  abstract readonly value: Buffer | null;
}

/** Stands where a batch of messages was that cannot be read. */
export class UnreadableBatch extends StandIn {
  readonly offset: string;

  constructor(
    readonly firstOffset: bigint,
    lastOffset: bigint,
    /** The batch as the broker keeps it. */
    readonly value: Buffer,
    /** Why it cannot be read. */
    readonly reason: string,
  ) {
    super();
    this.offset = String(lastOffset);
  }
}

/**
 * Stands behind a batch that ends in nothing for a reader: the mark of a transaction, or messages that compaction has removed.
 * kafkajs passes over these without a word, and the reader would seem to stand still before them.
 */
export class NothingMore extends StandIn {
  readonly value = null;

  constructor(readonly offset: string) {
    super();
  }
}
