import { BedsideError } from "../contracts/errors.ts";
import { DEFAULT_PARTITIONS, TOPIC_NAMES, type TopicName } from "../contracts/topics.ts";
import { checkMessage, checkSubscribe } from "./shared/arguments.ts";
import type { Bus, BusMessage, SubscribeOptions, Subscription } from "./bus.ts";
import { Group } from "./memory/group.ts";
import type { Retention } from "./memory/log.ts";
import { Partition } from "./memory/partition.ts";
import { partitionOf } from "./shared/partition.ts";

export interface MemoryBusOptions extends Partial<Retention> {
  /** Partitions of each topic, ≥ 1. */
  readonly partitions?: number;
}

/**
 * The bus of one process. Each partition keeps the last `maxMessages` (default 4096) and `maxBytes` (default 4 MiB) of
 * its messages; `publish` waits rather than evict what a subscriber has not been handed yet.
 */
export function createMemoryBus(options: MemoryBusOptions = {}): Bus {
  const { partitions = DEFAULT_PARTITIONS, maxMessages = 4096, maxBytes = 4 << 20 } = options;
  return new MemoryBus(partitions, { maxMessages, maxBytes });
}

class MemoryBus implements Bus {
  readonly partitions: number;
  readonly #topics: ReadonlyMap<TopicName, readonly Partition[]>;
  readonly #groups = new Map<string, Group>();
  #isClosed = false;

  constructor(partitions: number, retention: Retention) {
    this.partitions = partitions;
    this.#topics = new Map(
      TOPIC_NAMES.map((topic) => [
        topic,
        Array.from({ length: partitions }, (_, number) => new Partition(topic, number, retention)),
      ]),
    );
  }

  async start(): Promise<void> {
    this.#checkOpen();
  }

  async publish(topic: TopicName, messages: readonly BusMessage[]): Promise<void> {
    this.#checkOpen();
    for (const message of messages) checkMessage(topic, message);
    const partitions = this.#partitionsOf(topic);
    // A reader of the log must not see what the publisher does to its bytes later.
    const append = (message: BusMessage): Promise<void> =>
      partitions[partitionOf(message.key, this.partitions)].append({ ...message, value: message.value.slice() });
    await Promise.all(messages.map(append));
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
