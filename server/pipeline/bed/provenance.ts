import type { Span } from "../../../kit/tracing.ts";
import type { StateReader, StateWriter } from "../../../signal/state.ts";

/** Where a frame lay on the bus and when it came: what outputs are traced back to, and what is committed. */
export interface Provenance {
  readonly partition: number;
  readonly offset: number;
  readonly receivedAtMs: number;
  /** Which of this worker's assignments of partitions it came with; what outlives its assignment is not committed. */
  readonly assignment: number;
  /** CRC-32 of its bytes; not written, but for a bed's last frame. */
  readonly digest?: number;
  /** As its sender gave it, or of the span; not written: what is said after a take-over of frames before it is part of no trace. */
  readonly traceparent?: string | undefined;
  /** Ends when all that comes of the message is acknowledged. */
  readonly span?: Span;
}

/** The partition is the bed's, and not written. */
export function saveProvenance({ offset, receivedAtMs, assignment }: Provenance, to: StateWriter): void {
  to.number(offset);
  to.number(receivedAtMs);
  to.number(assignment);
}

export const loadProvenance = (from: StateReader, partition: number): Provenance => ({
  partition,
  offset: from.number(),
  receivedAtMs: from.number(),
  assignment: from.number(),
});
