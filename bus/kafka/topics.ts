import type { Admin } from "kafkajs";
import { BedsideError } from "../../contracts/errors.ts";
import { TOPIC_NAMES } from "../../contracts/topics.ts";
import { MAX_MESSAGE_BYTES } from "../shared/arguments.ts";

/** Creates the topics that are missing; throws BAD_CONFIG if one that exists has another partition count. */
export async function ensureTopics(admin: Admin, partitions: number): Promise<void> {
  const existing = new Set(await admin.listTopics());
  const missing = TOPIC_NAMES.filter((topic) => !existing.has(topic));
  if (missing.length > 0) {
    await admin.createTopics({
      topics: missing.map((topic) => ({
        topic,
        numPartitions: partitions,
        // The largest message with its key, headers and framing.
        configEntries: [{ name: "max.message.bytes", value: String(2 * MAX_MESSAGE_BYTES) }],
      })),
    });
  }
  const { topics } = await admin.fetchTopicMetadata({ topics: [...TOPIC_NAMES] });
  for (const { name, partitions: found } of topics) {
    if (found.length === partitions) continue;
    const remedy = `set KAFKA_PARTITIONS=${found.length}, or delete the topic`;
    throw new BedsideError("BAD_CONFIG", `topic ${name} has ${found.length} partitions, not ${partitions}: ${remedy}`);
  }
}
