import { deferred } from "../kit/deferred.ts";
import { Fifo } from "../kit/fifo.ts";
import { decodeMessage, type Decoded, type KafkaTopic, TOPIC_NAMES } from "./decode.ts";

/** What this needs of a kafkajs consumer that is connected; its group, offsets and credentials are its own affair. */
export interface ConsumerLike {
  subscribe(subscription: { topics: string[]; fromBeginning?: boolean }): Promise<void>;
  run(config: { eachBatchAutoResolve: boolean; eachBatch: (batch: BatchLike) => Promise<void> }): Promise<void>;
  stop(): Promise<void>;
}

/** What kafkajs hands over. */
export interface BatchLike {
  readonly batch: { readonly topic: string; readonly partition: number; readonly messages: readonly MessageLike[] };
  resolveOffset(offset: string): void;
  heartbeat(): Promise<void>;
  isRunning(): boolean;
  isStale(): boolean;
}

export interface MessageLike {
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly offset: string;
}

export interface FromKafkaOptions<T extends KafkaTopic> {
  readonly topics: readonly T[];
  /** Where a group that was never there begins. Default: with what comes next. */
  readonly fromBeginning?: boolean;
  /** A message that can't be read, which is then passed over. Without it, the loop throws. */
  readonly onReject?: (error: unknown, message: MessageLike) => void;
}

export type FromKafka<T extends KafkaTopic> = Decoded<T> & {
  readonly key: string;
  readonly partition: number;
  readonly offset: string;
};

interface Offered {
  readonly topic: string;
  readonly partition: number;
  readonly message: MessageLike;
  /** Whether the loop is through with it. */
  readonly settle: (isRead: boolean) => void;
}

/** A group keeps a member that says so often that it is there. */
const HEARTBEAT_MS = 3000;

/**
 * Messages of these topics in a `for await` loop, decoded, over a consumer of kafkajs. A message counts as read when the loop asks for the next
 * one, so that one whose loop ended on it comes again: at least once, and who counts goes by `data.id`. Tombstones are passed over.
 */
export async function* fromKafka<T extends KafkaTopic>(
  consumer: ConsumerLike,
  { topics, fromBeginning = false, onReject }: FromKafkaOptions<T>,
): AsyncGenerator<FromKafka<T>, void, undefined> {
  const offered = new Fifo<Offered>();
  let current: Offered | undefined;
  let isOver = false;
  let more = deferred<void>();

  const offer = (one: Omit<Offered, "settle">, { heartbeat }: BatchLike): Promise<boolean> => {
    if (isOver) return Promise.resolve(false);
    const beating = setInterval(() => void heartbeat().catch(() => {}), HEARTBEAT_MS);
    const settled = new Promise<boolean>((settle) => offered.push({ ...one, settle }));
    more.resolve();
    return settled.finally(() => clearInterval(beating));
  };
  const eachBatch = async (handed: BatchLike): Promise<void> => {
    const { topic, partition, messages } = handed.batch;
    for (const message of messages) {
      if (!handed.isRunning() || handed.isStale()) return;
      if (!(await offer({ topic, partition, message }, handed))) return;
      handed.resolveOffset(message.offset);
    }
  };

  await consumer.subscribe({ topics: topics.map((topic) => TOPIC_NAMES[topic]), fromBeginning });
  await consumer.run({ eachBatchAutoResolve: false, eachBatch });
  try {
    for (;;) {
      current = offered.shift();
      if (!current) {
        more = deferred();
        await more.promise;
        continue;
      }
      const item = read<T>(current, onReject);
      if (item) yield item;
      current.settle(true);
    }
  } finally {
    isOver = true;
    current?.settle(false);
    for (let one = offered.shift(); one; one = offered.shift()) one.settle(false);
    await consumer.stop();
  }
}

/** Null for a tombstone, and for what cannot be read where somebody is told of it. */
function read<T extends KafkaTopic>(
  { topic, partition, message }: Offered,
  onReject: FromKafkaOptions<T>["onReject"],
): FromKafka<T> | null {
  const { key, value, offset } = message;
  if (!value || value.length === 0) return null;
  try {
    // One of the topics that were subscribed to.
    const decoded = decodeMessage(topic, value) as Decoded<T>;
    return { ...decoded, key: new TextDecoder().decode(key ?? new Uint8Array()), partition, offset };
  } catch (error) {
    if (!onReject) throw error;
    onReject(error, message);
    return null;
  }
}
