import type { BusTopic } from "../../contracts/topics.ts";
import { BedsideError } from "../../contracts/errors.ts";
import { MAX_MESSAGE_BYTES } from "../shared/arguments.ts";
import type { KafkaAdmin, NewTopic } from "./client.ts";

type TopicAdmin = Pick<KafkaAdmin, "topicNames" | "createTopics" | "partitionCounts">;

/**
 * Creates the topics that are missing, with what the table says of them; one that exists keeps its settings, which are its
 * operator's. How many replicas a topic has is the broker's to say (`default.replication.factor`). Throws BAD_CONFIG if one that
 * exists has another partition count.
 */
export async function ensureTopics(admin: TopicAdmin, topics: readonly BusTopic[], partitions: number): Promise<void> {
  const existing = new Set(await admin.topicNames());
  const missing = topics.filter(({ name }) => !existing.has(name));
  if (missing.length > 0) {
    await admin.createTopics(
      missing.map((topic) => ({ name: topic.name, settings: configOf(topic) })),
      partitions,
    );
  }
  for (const [name, there] of await admin.partitionCounts(topics.map(({ name }) => name))) {
    if (there === partitions) continue;
    const remedy = `set KAFKA_PARTITIONS=${there}, or delete the topic`;
    throw new BedsideError("BAD_CONFIG", `topic ${name} has ${there} partitions, not ${partitions}: ${remedy}`);
  }
}

/** Only a segment that is closed is compacted: small ones, so that who reads the topic from its start finds little that is superseded. */
const COMPACTED = [
  { name: "segment.bytes", value: String(32 << 20) },
  { name: "segment.ms", value: String(600_000) },
  { name: "min.cleanable.dirty.ratio", value: "0.2" },
];

/** A topic's settings as the broker has them. */
export function configOf({ cleanup, compression }: BusTopic): NewTopic["settings"] {
  return [
    { name: "cleanup.policy", value: cleanup.policy },
    ...(cleanup.policy === "delete" ? [{ name: "retention.ms", value: String(cleanup.retentionMs) }] : []),
    ...(cleanup.policy === "compact" ? COMPACTED : []),
    { name: "compression.type", value: compression },
    // The largest message with its key, headers and framing.
    { name: "max.message.bytes", value: String(2 * MAX_MESSAGE_BYTES) },
  ];
}
