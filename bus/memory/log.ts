import type { ReceivedMessage } from "../bus.ts";

/** What a partition keeps at most; the oldest messages go first. */
export interface Retention {
  readonly maxMessages: number;
  readonly maxBytes: number;
}

/** One partition's messages, addressed by offset. */
export interface PartitionLog {
  /** The oldest offset kept; equal to `end` when nothing is. */
  readonly start: number;
  /** The offset the next message gets. */
  readonly end: number;
  /** The first message at `offset`, which is `start` or more, or behind it; undefined at `end`. */
  read(offset: number): ReceivedMessage | undefined;
  /**
   * Appends `message`, which bears the offset `end`. Returns false, and keeps every message from `keepFrom` on, if there
   * is no room.
   */
  append(message: ReceivedMessage, keepFrom: number): boolean;
}
