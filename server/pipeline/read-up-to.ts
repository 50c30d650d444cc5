import type { AssignedPartition, Bus, Subscription } from "../../bus/bus.ts";
import type { TopicName } from "../../contracts/topics.ts";

/**
 * For so long after the bus did not answer, ms, what has come of a partition may not be all that its beds have sent by then: the broker
 * whose replica leads now answers at once, those who send find it again when they next try.
 */
export const RETURN_MS = 10_000;
/** An answer that takes so long is trouble, ms. */
const SLOW_MS = 2000;

/**
 * The wall's clock, as far as a topic has been read: up to which moment all that a partition had by then has been received. While the
 * bus is away, a worker was stopped, or others' messages keep it busy, nobody can say that a bed is silent; who goes by this
 * clock does not.
 */
export class ReadUpTo {
  /** Offset behind what was received, by partition. */
  private readonly next = new Map<number, number>();
  private readonly atMs = new Map<number, number>();
  /** When the bus last did not answer, or late. */
  private troubleMs = Number.NEGATIVE_INFINITY;
  private isAsking = false;
  private askedMs = 0;

  constructor(
    private readonly bus: Pick<Bus, "ends">,
    private readonly topic: TopicName,
    private readonly lag: () => Promise<Awaited<ReturnType<Subscription["lag"]>>>,
  ) {}

  /** By when what its beds had sent has been received, Unix ms; null where that is not known of any moment. */
  of(partition: number): number | null {
    const atMs = this.atMs.get(partition);
    return atMs !== undefined && atMs - this.troubleMs >= RETURN_MS ? atMs : null;
  }

  /** Of the partition that is furthest behind, Unix ms; NaN while that is not known of one; null where there is none. */
  get oldest(): number | null {
    if (this.next.size === 0) return null;
    return Math.min(...[...this.next.keys()].map((partition) => this.atMs.get(partition) ?? Number.NaN));
  }

  assigned(places: readonly AssignedPartition[]): void {
    for (const { partition, offset } of places) {
      this.next.set(partition, offset);
      this.atMs.delete(partition);
    }
  }

  received({ partition, offset }: { readonly partition: number; readonly offset: number }): void {
    this.next.set(partition, offset + 1);
  }

  drop(partitions: ReadonlySet<number>): void {
    for (const partition of partitions) {
      this.next.delete(partition);
      this.atMs.delete(partition);
    }
  }

  /** Asks the bus how far its partitions go at this moment, unless it still owes an answer. */
  look(nowMs: number): void {
    if (this.isAsking) {
      if (nowMs - this.askedMs >= SLOW_MS) this.troubleMs = nowMs;
      return;
    }
    this.isAsking = true;
    this.askedMs = nowMs;
    void this.ask(nowMs).finally(() => (this.isAsking = false));
  }

  private async ask(nowMs: number): Promise<void> {
    try {
      const ends = await this.bus.ends(this.topic);
      const isRead = ([partition, next]: readonly [number, number]): boolean => next >= (ends[partition] ?? 0);
      const waiting = [...this.next].filter((one) => !isRead(one));
      for (const [partition] of [...this.next].filter(isRead)) this.atMs.set(partition, nowMs);
      // A partition may end in what is no message: the mark of a transaction, say.
      if (waiting.length === 0 || (await this.lag()) !== 0) return;
      for (const [partition] of this.next) this.atMs.set(partition, nowMs);
    } catch {
      // The bus is away, and says so itself: the moments stay what they were.
      this.troubleMs = Math.max(this.troubleMs, nowMs);
    }
  }
}
