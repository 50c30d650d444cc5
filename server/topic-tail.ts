import type { Bus, ReceivedMessage, SubscribeOptions, Subscription } from "../bus/bus.ts";
import type { TopicName } from "../contracts/topics.ts";
import { deferred } from "../kit/deferred.ts";
import { setTimeout as sleep } from "node:timers/promises";

/** How often a tail that is opened asks whether there is anything more to come. */
const ASK_EVERY_MS = 500;

/** Messages handed out and not yet taken; each is taken at once, so this only bounds what a bus reads ahead. */
const CREDITS = 1024;

export interface TopicTailOptions extends Pick<SubscribeOptions, "from" | "onError"> {
  readonly bus: Bus;
  /** A group that no one else is in. */
  readonly group: string;
  readonly topic: TopicName;
  /** Where it returns a promise, its message's place is free for another one when that has resolved. */
  readonly onMessage: (message: ReceivedMessage) => unknown;
  /** By partition: where reading goes on, where the partition still has it. Else it begins at `from`. */
  readonly goesOnAt?: readonly (number | undefined)[];
  /** A partition is read from this offset on: at the start, and where messages between were lost. */
  readonly onBegin?: (partition: number, offset: number) => void;
}

export interface TopicTail {
  /** Resolves when all that stood in the topic when the tail was opened has been handed over. */
  readonly caughtUp: Promise<void>;
  /** Messages behind the topic's end; null while the tail has no partition. */
  lag(): Promise<number | null>;
  close(): Promise<void>;
}

/**
 * Reads all partitions of a topic without committing. Each message is handed over once, in order, also when the bus
 * assigns the partitions anew after a lost connection.
 */
export async function openTopicTail(options: TopicTailOptions): Promise<TopicTail> {
  const { bus, group, topic, from, goesOnAt = [], onMessage, onBegin, onError } = options;
  const next: (number | undefined)[] = Array.from({ length: bus.partitions }, (_, partition) => goesOnAt[partition]);
  let subscription: Subscription | undefined;
  let ends: readonly number[] | undefined;
  let owed = 0;
  const caughtUp = deferred<void>();
  const checkCaughtUp = (): void => {
    if (ends?.every((end, partition) => (next[partition] ?? 0) >= end)) caughtUp.resolve();
  };

  const release = (): void => {
    if (subscription) subscription.release(1);
    else owed++;
  };

  subscription = await bus.subscribe({
    group,
    topics: [topic],
    from,
    credits: CREDITS,
    onAssigned: (partitions) => {
      for (const { partition, offset, end } of partitions) {
        const at = next[partition];
        if (at !== undefined && at > offset && at <= end) {
          subscription?.seek({ topic, partition, offset: at });
        } else if (at !== offset) {
          next[partition] = offset;
          onBegin?.(partition, offset);
        }
      }
      checkCaughtUp();
    },
    onMessage: (message: ReceivedMessage) => {
      const { partition, offset } = message;
      if (offset >= (next[partition] ?? 0)) {
        next[partition] = offset + 1;
        const taken = onMessage(message);
        checkCaughtUp();
        if (taken instanceof Promise) {
          void taken.then(release);
          return;
        }
      }
      release();
    },
    onError,
  });
  if (owed > 0) subscription.release(owed);
  const opened = subscription;
  let isClosed = false;
  const watchEnd = async (): Promise<void> => {
    let isCaughtUp = false;
    void caughtUp.promise.then(() => (isCaughtUp = true));
    while (!isClosed && !isCaughtUp) {
      ends ??= await bus.ends(topic).catch(() => undefined);
      checkCaughtUp();
      // A log may end in what is no message: the mark of a transaction, say.
      if (ends && (await opened.lag().catch(() => null)) === 0) caughtUp.resolve();
      await sleep(ASK_EVERY_MS);
    }
  };
  void watchEnd();

  return {
    caughtUp: caughtUp.promise,
    lag: () => opened.lag(),
    close: () => {
      isClosed = true;
      return opened.close();
    },
  };
}
