import { deferred } from "../../../kit/deferred.ts";
import type { EventLog, LiveEvent, ToldEvent } from "../feed/event-log.ts";
import { withCursor } from "../feed/splice.ts";
import type { Past } from "../past/past.ts";
import type { Piece } from "../past/piece.ts";
import type { Outbox } from "./outbox.ts";

/** Pieces of other partitions that the bus may read meanwhile. */
const AHEAD = 3;

export interface CatchUpOptions {
  readonly log: EventLog;
  readonly past: Pick<Past, "read" | "prepare">;
  readonly outbox: Pick<Outbox, "hasRoom" | "room" | "text" | "backlog">;
  /** By topic: what the client was told of each partition before. */
  readonly behind: Map<string, number[]>;
  readonly wants: (event: Pick<ToldEvent, "topic" | "bed">) => boolean;
  /** Some of a topic's events are nowhere any more. */
  readonly onMissing: (topic: string) => void;
}

/**
 * One client that has been away for longer than the log reaches: topic after topic it is told what the bus still has, as fast as it
 * takes that, then what the log keeps, and from there on what comes. What is live of the other topics does not wait for it. Of
 * each client no more than a piece is held.
 */
export class CatchUp {
  private readonly over = deferred<void>();
  private readonly missing = new Set<string>();
  private isStopped = false;

  constructor(private readonly options: CatchUpOptions) {}

  /** Resolves when the client hears all topics live, or it was stopped. */
  get done(): Promise<void> {
    return this.over.promise;
  }

  /** Rejects where the bus does not give what it has. */
  async run(): Promise<void> {
    const { behind, log, outbox, wants } = this.options;
    for (const [topic, positions] of behind) {
      await this.tellPast(topic, positions);
      if (this.isStopped) return;
      // In the turn in which nothing is older than what is kept: nothing can come in between.
      behind.delete(topic);
      outbox.backlog(wanted(log.follow(topic, positions, behind), wants));
    }
    // While one is under way, its cursors are behind those of live events.
    await outbox.room();
    this.stop();
  }

  stop(): void {
    this.isStopped = true;
    this.over.resolve();
  }

  /** A live event as this client is to have it; null for one that it is told when its turn comes. */
  live(event: LiveEvent): Uint8Array | null {
    const { behind, log } = this.options;
    if (behind.has(event.topic)) return null;
    return behind.size === 0 ? event.bytes : withCursor(event, log.cursorBehind(behind));
  }

  /** Until nothing is older than what is kept, which moves on meanwhile. */
  private async tellPast(topic: string, positions: number[]): Promise<void> {
    const { log, past, outbox } = this.options;
    const first = log.firstOf(topic);
    for (let last = -1; ;) {
      await outbox.room();
      const [partition, ...coming] = olderAfter(last, positions, first);
      if (partition === undefined || this.isStopped) return;
      for (const next of coming.slice(0, AHEAD)) past.prepare(topic, next, positions[next], first[next]);
      last = partition;
      const piece = await past.read(topic, partition, positions[partition], first[partition]);
      await this.tell(piece, positions);
    }
  }

  /** The part of a piece that the client was not told yet. */
  private async tell({ topic, partition, missingUpTo, events, next }: Piece, positions: number[]): Promise<void> {
    const { log, outbox, behind, wants, onMissing } = this.options;
    if (positions[partition] < missingUpTo && !this.missing.has(topic) && !this.isStopped) {
      this.missing.add(topic);
      onMissing(topic);
    }
    for (const { bed, offset, spliced } of events) {
      if (offset < positions[partition]) continue;
      if (!outbox.hasRoom) await outbox.room();
      if (this.isStopped) return;
      positions[partition] = offset + 1;
      if (wants({ topic, bed })) outbox.text(withCursor(spliced, log.cursorBehind(behind)));
    }
    positions[partition] = next;
  }
}

/** Partitions that begin further back than what is kept, in turns: the one behind the last one first. */
function olderAfter(last: number, positions: readonly number[], first: readonly number[]): number[] {
  const turns = positions.map((_, i) => (last + 1 + i) % positions.length);
  return turns.filter((partition) => positions[partition] < first[partition]);
}

function* wanted(events: Iterable<ToldEvent>, wants: CatchUpOptions["wants"]): Iterable<Uint8Array> {
  for (const event of events) if (wants(event)) yield event.bytes;
}
