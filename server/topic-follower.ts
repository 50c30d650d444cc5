import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Bus, ReceivedMessage } from "../bus/bus.ts";
import type { TopicName } from "../contracts/topics.ts";
import { openTopicTail, type TopicTail } from "./topic-tail.ts";

/** How often it is looked whether all has been read. */
const LOOK_EVERY_MS = 20;
const ASK_EVERY_MS = 500;
/** Without a message more for so long, while the bus answers, it is gone on without. */
const NO_PROGRESS_MS = 10_000;

export interface FollowerOptions {
  readonly topic: TopicName;
  /** What its group is called. */
  readonly name: string;
  readonly onMessage: (message: ReceivedMessage) => void;
  /** The topic cannot be read for good. */
  readonly onError: (error: unknown) => void;
}

/** Reads a topic from its first message on, and tells when all has been read that stands there at a moment. */
export class TopicFollower {
  /** Offset behind what was read, by partition. */
  private readonly next: number[];
  private readonly tail: Promise<TopicTail>;
  private read = 0;
  private isClosed = false;

  constructor(
    private readonly bus: Bus,
    private readonly options: FollowerOptions,
  ) {
    const { topic, name, onError } = options;
    this.next = Array.from({ length: bus.partitions }, () => 0);
    this.tail = openTopicTail({
      bus,
      group: `${name}-${randomUUID()}`,
      topic,
      from: "earliest",
      onBegin: (partition, offset) => (this.next[partition] = offset),
      onMessage: (message) => this.take(message),
      onError,
    });
    this.tail.catch((error: unknown) => this.isClosed || onError(error));
  }

  /**
   * Resolves when all has been read that stands in these partitions at this moment: true. False: when `isGivenUp` says that nobody
   * waits any more, or nothing comes though the bus answers.
   */
  async upToNow(partitions: ReadonlySet<number>, isGivenUp: () => boolean): Promise<boolean> {
    const { bus } = this;
    let tail: TopicTail | undefined;
    this.tail.then(
      (opened) => (tail = opened),
      () => {},
    );
    let ends: readonly number[] | undefined;
    let before = this.read;
    let sinceMs = Date.now();
    for (let askedMs = 0; !this.isClosed && !isGivenUp();) {
      const nowMs = Date.now();
      if (nowMs - askedMs >= ASK_EVERY_MS || askedMs === 0) {
        askedMs = nowMs;
        ends ??= await bus.ends(this.options.topic).catch(() => undefined);
        // A partition may end in what is no message.
        if (ends && (await tail?.lag().catch(() => null)) === 0) return true;
      }
      if (ends && [...partitions].every((partition) => this.next[partition] >= (ends?.[partition] ?? 0))) return true;
      if (this.read !== before || bus.trouble !== null) {
        before = this.read;
        sinceMs = nowMs;
      }
      if (nowMs - sinceMs >= NO_PROGRESS_MS) return false;
      await sleep(LOOK_EVERY_MS);
    }
    return false;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.tail.then(
      (tail) => tail.close(),
      () => {},
    );
  }

  private take(message: ReceivedMessage): void {
    this.next[message.partition] = message.offset + 1;
    this.read++;
    this.options.onMessage(message);
  }
}
