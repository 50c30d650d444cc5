import type { AssignedPartition, Bus, Subscription } from "../../bus/bus.ts";
import type { TopicName } from "../../contracts/topics.ts";

/**
 * The wall's clock, as far as a topic has been read: up to which moment all that a partition had by then has been received. While the
 * bus is away, a worker was stopped, or others' messages keep it busy, nobody can say that a bed is silent; who goes by this
 * clock does not.
 */
export class ReadUpTo {
  /** Offset behind what was received, by partition. */
  private readonly next = new Map<number, number>();
  private readonly atMs = new Map<number, number>();
  private isAsking = false;

  constructor(
    private readonly bus: Pick<Bus, "ends">,
    private readonly topic: TopicName,
    private readonly lag: () => Promise<Awaited<ReturnType<Subscription["lag"]>>>,
  ) {}

  /** Unix ms; null where it is not known of any moment. */
  of(partition: number): number | null {
    return this.atMs.get(partition) ?? null;
  }

  /** Of the partition that is furthest behind, Unix ms; NaN while that is not known of one; null where there is none. */
  get oldest(): number | null {
    if (this.next.size === 0) return null;
    return Math.min(...[...this.next.keys()].map((partition) => this.of(partition) ?? Number.NaN));
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
    if (this.isAsking) return;
    this.isAsking = true;
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
      // The bus is away, and says so itself: the moment stays what it was.
    }
  }
}
