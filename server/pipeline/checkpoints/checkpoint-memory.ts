import type { Bus, ReceivedMessage } from "../../../bus/bus.ts";
import { partitionOf } from "../../../bus/shared/partition.ts";
import { BedsideError } from "../../../contracts/errors.ts";
import { TOPICS } from "../../../contracts/topics.ts";
import { TopicFollower } from "../../topic-follower.ts";
import { type Checkpoint, fromMessage } from "./checkpoint.ts";

/** A checkpoint of an earlier frame counts when it is so much younger: the frames' log has begun anew. */
const ANEW_MS = 600_000;

/** The last checkpoint of each bed, as ecg.checkpoints tells them. */
export class CheckpointMemory {
  private readonly beds = new Map<string, Remembered>();
  private readonly follower: TopicFollower;
  private readonly partitions: number;

  /** `onError`: the topic cannot be read for good. */
  constructor(bus: Bus, onError: (error: unknown) => void) {
    this.partitions = bus.partitions;
    const onMessage = (message: ReceivedMessage): void => this.take(message);
    this.follower = new TopicFollower(bus, {
      topic: TOPICS.checkpoints,
      name: "bedside-checkpoints",
      onMessage,
      onError,
    });
  }

  /** Of the beds of a partition, the youngest first. */
  in(partition: number): Checkpoint[] {
    const own = [...this.beds.values()].filter((one) => one.partition === partition);
    return own.map(({ checkpoint }) => checkpoint).toSorted((a, b) => b.atMs - a.atMs);
  }

  upToNow(partitions: ReadonlySet<number>, isGivenUp: () => boolean): Promise<boolean> {
    return this.follower.upToNow(partitions, isGivenUp);
  }

  close(): Promise<void> {
    return this.follower.close();
  }

  private take(message: ReceivedMessage): void {
    const { key, partition } = message;
    // On another partition than its bed's nobody has written it.
    if (partition !== partitionOf(key, this.partitions)) return;
    if (message.isTombstone) {
      this.beds.delete(key);
      return;
    }
    try {
      const checkpoint = fromMessage(message);
      const before = this.beds.get(key)?.checkpoint;
      if (!before || isNewer(checkpoint, before)) this.beds.set(key, { partition, checkpoint });
    } catch (error) {
      // Nobody's, or damaged: the bed's next one follows within seconds, and until then the one before stands.
      if (!(error instanceof BedsideError)) throw error;
    }
  }
}

interface Remembered {
  readonly partition: number;
  readonly checkpoint: Checkpoint;
}

/** A worker that does not know yet that the bed is another's may write last, of an earlier frame. */
const isNewer = (one: Checkpoint, before: Checkpoint): boolean =>
  one.offset >= before.offset || one.atMs - before.atMs > ANEW_MS;
