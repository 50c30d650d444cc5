import { BedsideError } from "../contracts/errors.ts";
import { BUS_TOPICS, type BusTopic, type Cleanup, DEFAULT_PARTITIONS, type TopicName } from "../contracts/topics.ts";
import { checkMessage, checkSubscribe } from "./shared/arguments.ts";
import type { Bus, BusMessage, SubscribeOptions, Subscription } from "./bus.ts";
import { BoundedLog } from "./memory/bounded-log.ts";
import { CompactedLog } from "./memory/compacted-log.ts";
import { Group } from "./memory/group.ts";
import type { PartitionLog, Retention } from "./memory/log.ts";
import { Partition } from "./memory/partition.ts";
import { partitionOf } from "./shared/partition.ts";

export interface MemoryBusOptions extends Partial<Retention> {
  /** Partitions of each topic, ≥ 1. */
  readonly partitions?: number;
  /** Default: those of the product. */
  readonly topics?: readonly BusTopic[];
}

/**
 * The bus of one process. Each partition keeps the last `maxMessages` (default 4096) and `maxBytes` (default 4 MiB) of
 * its messages; `publish` waits rather than evict what a subscriber has not been handed yet.
 */
export function createMemoryBus(options: MemoryBusOptions = {}): Bus {
  const { topics = BUS_TOPICS, partitions = DEFAULT_PARTITIONS, maxMessages = 4096, maxBytes = 4 << 20 } = options;
  return new MemoryBus(topics, partitions, { maxMessages, maxBytes });
}

/** The log that a topic's policy asks for. Age is not looked at: memory is full before messages grow old. */
const openLog = ({ policy }: Cleanup, retention: Retention): PartitionLog =>
  policy === "compact" ? new CompactedLog(retention.maxMessages) : new BoundedLog(retention);

class MemoryBus implements Bus {
  readonly partitions: number;
  /** Memory is always there. */
  readonly trouble = null;
  readonly #topics: ReadonlyMap<TopicName, readonly Partition[]>;
  readonly #groups = new Map<string, Group>();
  #isClosed = false;

  constructor(topics: readonly BusTopic[], partitions: number, retention: Retention) {
    this.partitions = partitions;
    this.#topics = new Map(
      topics.map(({ name, cleanup }) => [
        name,
        Array.from({ length: partitions }, (_, number) => new Partition(name, number, openLog(cleanup, retention))),
      ]),
    );
  }

  async start(): Promise<void> {
    this.#checkOpen();
  }

  async publish(messages: readonly BusMessage[]): Promise<void> {
    this.#checkOpen();
    for (const message of messages) checkMessage(message);
    const places = messages.map(({ topic, key }) => this.#partitionsOf(topic)[partitionOf(key, this.partitions)]);
    // A reader of the log must not see what the publisher does to its bytes later.
    await Promise.all(messages.map((message, i) => places[i].append({ ...message, value: message.value.slice() })));
  }

  async subscribe(options: SubscribeOptions): Promise<Subscription> {
    this.#checkOpen();
    checkSubscribe(options);
    let group = this.#groups.get(options.group);
    if (!group) this.#groups.set(options.group, (group = new Group(this.#topics, this.partitions)));
    return group.join(options);
  }

  async ends(topic: TopicName): Promise<number[]> {
    this.#checkOpen();
    return this.#partitionsOf(topic).map(({ end }) => end);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#groups.values()].map((group) => group.close()));
  }

  #partitionsOf(topic: TopicName): readonly Partition[] {
    const partitions = this.#topics.get(topic);
    if (!partitions) throw new BedsideError("BAD_ARGUMENT", `no topic ${topic}`);
    return partitions;
  }

  #checkOpen(): void {
    if (this.#isClosed) throw new BedsideError("BUS_CLOSED", "the bus is closed");
  }
}
