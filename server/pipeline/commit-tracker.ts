import type { PartitionRef } from "../../bus/bus.ts";
import { TOPICS } from "../../contracts/topics.ts";
import { WARM_UP_SECONDS } from "./signal-stage.ts";
import type { Progress, Reference } from "./work.ts";

/**
 * A beat is given out at the latest so long after its R peak: search-back at 1.5 × the longest RR (3 s), then the
 * window's 2 s, rounded up.
 */
const LATEST_BEAT_SECONDS = 8;

/** How far behind a bed's last finished frame a worker that takes over begins to read. */
export const REPLAY_SECONDS = WARM_UP_SECONDS + LATEST_BEAT_SECONDS;

interface BedHold {
  readonly partition: number;
  epoch: string;
  /** Offsets and first samples of the frames of the last REPLAY_SECONDS, oldest first. */
  readonly frames: { offset: number; firstSample: number }[];
}

/**
 * How far may be committed. Invariant: for every bed with an epoch under way, the committed frame lies at least
 * REPLAY_SECONDS before its last finished one (or at the epoch's start). A worker that begins there withholds what it
 * hears in its first WARM_UP_SECONDS; what it withholds was published before, and what was not is not withheld.
 */
export class CommitTracker {
  private readonly done = new Map<number, number>();
  private readonly holds = new Map<string, BedHold>();
  private readonly committed = new Map<number, number>();

  /** A message is through: its outputs are acknowledged. Messages of a partition finish in order. */
  finish(reference: Reference, progress: Progress | null): void {
    this.done.set(reference.partition, reference.offset + 1);
    if (!progress) return;
    let hold = this.holds.get(progress.bed);
    if (progress.ended) {
      if (hold?.epoch === progress.epoch) this.holds.delete(progress.bed);
      return;
    }
    if (!hold) {
      hold = { partition: reference.partition, epoch: progress.epoch, frames: [] };
      this.holds.set(progress.bed, hold);
    } else if (hold.epoch !== progress.epoch) {
      hold.epoch = progress.epoch;
      hold.frames.length = 0;
    }
    const { frames } = hold;
    // A frame that waits, or brings nothing new, lies where the next one begins: the first of them is enough.
    if (frames.at(-1)?.firstSample === progress.firstSample) return;
    frames.push({ offset: reference.offset, firstSample: progress.firstSample });
    const needed = progress.endSample - REPLAY_SECONDS * progress.samplingRateHz;
    let drop = 0;
    while (drop + 1 < frames.length && frames[drop + 1].firstSample <= needed) drop++;
    if (drop > 0) frames.splice(0, drop);
  }

  /** A bed has been silent for so long that its partition is not held back for it any more. */
  release(bed: string): void {
    this.holds.delete(bed);
  }

  /** Frames that are remembered, of all beds together. */
  get kept(): number {
    return [...this.holds.values()].reduce((sum, { frames }) => sum + frames.length, 0);
  }

  /** Offsets that may be committed and have not been yet. */
  due(): (PartitionRef & { offset: number })[] {
    const offsets = new Map(this.done);
    for (const { partition, frames } of this.holds.values()) {
      const offset = offsets.get(partition);
      if (offset !== undefined && frames.length > 0) offsets.set(partition, Math.min(offset, frames[0].offset));
    }
    const due: (PartitionRef & { offset: number })[] = [];
    for (const [partition, offset] of offsets) {
      if (offset > (this.committed.get(partition) ?? -1)) due.push({ topic: TOPICS.frames, partition, offset });
      this.committed.set(partition, Math.max(offset, this.committed.get(partition) ?? -1));
    }
    return due;
  }

  drop(partitions: ReadonlySet<number>): void {
    for (const partition of partitions) {
      this.done.delete(partition);
      this.committed.delete(partition);
    }
    for (const [bed, hold] of this.holds) if (partitions.has(hold.partition)) this.holds.delete(bed);
  }
}
