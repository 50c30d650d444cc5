import { setTimeout as sleep } from "node:timers/promises";
import { Admin } from "@platformatic/kafka";
import type { TopicName } from "../../../contracts/topics.ts";
import type { PartitionRef } from "../../bus.ts";
import type { Connection, KafkaAdmin, NewTopic, OffsetRange } from "../client.ts";
import { protocolType } from "../errors.ts";
import { failWithoutLeader, isUnanswered, startAfresh, toOptions } from "./connect.ts";

/** Times that Kafka's ListOffsets takes for a partition's ends. */
const EARLIEST = -2n;
const LATEST = -1n;

const KNOWN_AFTER_TRIES = 10;

/** Questions to the cluster, asked by @platformatic/kafka. */
export class PlatformaticAdmin implements KafkaAdmin {
  readonly #admin: Admin;

  constructor(connection: Connection) {
    this.#admin = new Admin({ ...toOptions(connection), retries: 2, retryDelay: 200 });
    failWithoutLeader(this.#admin);
  }

  async connect(): Promise<void> {
    await this.#ask((admin) => admin.metadata({ topics: [], forceUpdate: true }));
  }

  topicNames(): Promise<readonly string[]> {
    return this.#ask((admin) => admin.listTopics({}));
  }

  async createTopics(topics: readonly NewTopic[], partitions: number): Promise<void> {
    for (const { name, settings } of topics) {
      try {
        const configs = settings.map((setting) => ({ ...setting }));
        await this.#ask((admin) => admin.createTopics({ topics: [name], partitions, configs }));
      } catch (cause) {
        if (protocolType(cause) !== "TOPIC_ALREADY_EXISTS") throw cause;
      }
    }
  }

  async partitionCounts(topics: readonly TopicName[]): Promise<ReadonlyMap<string, number>> {
    for (let tries = 1; ; tries++) {
      try {
        const metadata = await this.#ask((admin) => admin.metadata({ topics: [...topics], forceUpdate: true }));
        return new Map([...metadata.topics].map(([name, { partitionsCount }]) => [name, partitionsCount]));
      } catch (cause) {
        // A topic that has just been made is not known at once.
        if (tries === KNOWN_AFTER_TRIES || isUnanswered(cause)) throw cause;
        await sleep(200);
      }
    }
  }

  async ranges(topic: TopicName): Promise<readonly OffsetRange[]> {
    const [lows, highs] = [await this.#offsets(topic, EARLIEST), await this.#offsets(topic, LATEST)];
    return [...highs].map(([partition, high]) => ({ partition, low: lows.get(partition) ?? 0, high }));
  }

  async firstSince(topic: TopicName, sinceMs: number): Promise<ReadonlyMap<number, number>> {
    const found = await this.#offsets(topic, BigInt(sinceMs));
    const ends = await this.#offsets(topic, LATEST);
    return new Map(
      [...ends].map(([partition, end]) => {
        const offset = found.get(partition) ?? -1;
        return [partition, offset < 0 ? end : offset];
      }),
    );
  }

  async committed(group: string, refs: readonly PartitionRef[]): Promise<ReadonlyMap<string, number>> {
    const numbers = new Map<string, number[]>();
    for (const { topic, partition } of refs) numbers.set(topic, [...(numbers.get(topic) ?? []), partition]);
    const topics = [...numbers].map(([name, partitionIndexes]) => ({ name, partitionIndexes }));
    const asked = { groups: [{ groupId: group, topics }] };
    const groups = await this.#ask((admin) => admin.listConsumerGroupOffsets(asked));
    return new Map(
      groups.flatMap((found) =>
        found.topics.flatMap(({ name, partitions }) =>
          partitions.map((one) => [`${name}/${one.partitionIndex}`, Number(one.committedOffset)] as const),
        ),
      ),
    );
  }

  close(): Promise<void> {
    return this.#admin.close();
  }

  /** By partition. */
  async #offsets(topic: TopicName, timestamp: bigint): Promise<Map<number, number>> {
    const { topics } = await this.#ask((admin) => admin.metadata({ topics: [topic] }));
    const count = topics.get(topic)?.partitionsCount ?? 0;
    const partitions = Array.from({ length: count }, (_, partitionIndex) => ({ partitionIndex, timestamp }));
    const found = await this.#ask((admin) => admin.listOffsets({ topics: [{ name: topic, partitions }] }));
    // Each broker that leads some of them answers by itself.
    return new Map(
      found.flatMap((part) => part.partitions.map((one) => [one.partitionIndex, Number(one.offset)] as const)),
    );
  }

  async #ask<T>(question: (admin: Admin) => Promise<T>): Promise<T> {
    try {
      return await question(this.#admin);
    } catch (cause) {
      if (isUnanswered(cause)) startAfresh(this.#admin);
      throw cause;
    }
  }
}
