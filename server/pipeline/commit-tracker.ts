import type { PartitionRef } from "../../bus/bus.ts";
import { type TopicName, TOPICS } from "../../contracts/topics.ts";
import type { Bed } from "./bed/bed.ts";

/**
 * How far may be committed. Invariant: for every bed with an epoch under way, the committed frame lies at least
 * REPLAY_SECONDS before its last finished one (or at the epoch's start), and no frame that came behind its last checkpoint is passed: see bed/commit-hold.ts.
 */
export class CommitTracker {
  private readonly done = new Map<number, number>();
  private readonly committed = new Map<number, number>();

  constructor(private readonly topic: TopicName = TOPICS.frames) {}

  /** A message is through: its outputs are acknowledged. Messages of a partition finish in order. */
  finish({ partition, offset }: { readonly partition: number; readonly offset: number }): void {
    this.done.set(partition, offset + 1);
  }

  /** Offsets that may be committed and have not been yet, where `all` are the beds there are. */
  due(all: Iterable<Pick<Bed, "partition" | "hold">>): (PartitionRef & { offset: number })[] {
    const beds = [...all];
    const offsets = new Map(this.done);
    for (const { partition, hold } of beds) {
      const offset = offsets.get(partition);
      if (offset !== undefined && hold.offset !== null) offsets.set(partition, Math.min(offset, hold.offset));
    }
    for (let last = new Map<number, number>(); !isSame(last, offsets);) {
      last = new Map(offsets);
      for (const { partition, hold } of beds) {
        const offset = offsets.get(partition);
        if (offset !== undefined) offsets.set(partition, hold.beginning(offset));
      }
    }
    const due: (PartitionRef & { offset: number })[] = [];
    for (const [partition, offset] of offsets) {
      const before = this.committed.get(partition) ?? -1;
      if (offset <= before) continue;
      due.push({ topic: this.topic, partition, offset });
    }
    return due;
  }

  /** These have been committed. */
  settle(places: readonly (PartitionRef & { offset: number })[]): void {
    for (const { topic, partition, offset } of places) if (topic === this.topic) this.committed.set(partition, offset);
  }

  drop(partitions: ReadonlySet<number>): void {
    for (const partition of partitions) {
      this.done.delete(partition);
      this.committed.delete(partition);
    }
  }
}

const isSame = (a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): boolean =>
  a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
