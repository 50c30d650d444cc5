import type { Admin } from "kafkajs";
import type { TopicName } from "../../../contracts/topics.ts";
import type { PartitionRef } from "../../bus.ts";
import type { KafkaAdmin, NewTopic, OffsetRange } from "../client.ts";

/** Questions to the cluster, asked by kafkajs. */
export class KafkaJsAdmin implements KafkaAdmin {
  readonly #admin: Admin;

  constructor(admin: Admin) {
    this.#admin = admin;
  }

  connect(): Promise<void> {
    return this.#admin.connect();
  }

  topicNames(): Promise<readonly string[]> {
    return this.#admin.listTopics();
  }

  async createTopics(topics: readonly NewTopic[], partitions: number): Promise<void> {
    await this.#admin.createTopics({
      topics: topics.map(({ name, settings }) => ({
        topic: name,
        numPartitions: partitions,
        configEntries: [...settings],
      })),
    });
  }

  async partitionCounts(topics: readonly TopicName[]): Promise<ReadonlyMap<string, number>> {
    const { topics: found } = await this.#admin.fetchTopicMetadata({ topics: [...topics] });
    return new Map(found.map(({ name, partitions }) => [name, partitions.length]));
  }

  async ranges(topic: TopicName): Promise<readonly OffsetRange[]> {
    const offsets = await this.#admin.fetchTopicOffsets(topic);
    return offsets.map(({ partition, low, high }) => ({ partition, low: Number(low), high: Number(high) }));
  }

  async firstSince(topic: TopicName, sinceMs: number): Promise<ReadonlyMap<number, number>> {
    const offsets = await this.#admin.fetchTopicOffsetsByTimestamp(topic, sinceMs);
    return new Map(offsets.map(({ partition, offset }) => [partition, Number(offset)]));
  }

  async committed(group: string, refs: readonly PartitionRef[]): Promise<ReadonlyMap<string, number>> {
    const topics = [...new Set(refs.map(({ topic }) => topic))];
    const found = await this.#admin.fetchOffsets({ groupId: group, topics });
    return new Map(
      found.flatMap(({ topic, partitions }) =>
        partitions.map(({ partition, offset }) => [`${topic}/${partition}`, Number(offset)] as const),
      ),
    );
  }

  close(): Promise<void> {
    return this.#admin.disconnect();
  }
}
