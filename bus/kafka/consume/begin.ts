import type { Admin } from "kafkajs";
import type { TopicName } from "../../../contracts/topics.ts";
import type { AssignedPartition, PartitionRef, SubscribeOptions } from "../../bus.ts";

/** Where a member begins in a partition it was assigned. */
export interface Begin extends AssignedPartition {
  /** The group's committed offset, or false: `from` decided, and the place is to be committed. */
  readonly isCommitted: boolean;
}

/** What kafkajs commits where retention has overtaken a reader: go on at the oldest. */
const OLDEST = -2;

export interface BeginOptions extends Pick<SubscribeOptions, "group" | "from"> {
  /** `latest` is what carries a time from here on, Unix ms: a member may have waited long until it came to read. */
  readonly sinceMs: number;
}

/** The committed offset of each partition, or what `from` says; brought into what the broker still holds. */
export async function beginOffsets(
  admin: Admin,
  refs: readonly PartitionRef[],
  { group, from, sinceMs }: BeginOptions,
): Promise<Begin[]> {
  const topics = [...new Set(refs.map(({ topic }) => topic))];
  const committed = await admin.fetchOffsets({ groupId: group, topics });
  const ranges = new Map<TopicName, Awaited<ReturnType<Admin["fetchTopicOffsets"]>>>();
  const since = new Map<TopicName, Awaited<ReturnType<Admin["fetchTopicOffsetsByTimestamp"]>>>();
  for (const topic of topics) {
    // In this order: what comes in between lies before the end.
    if (from === "latest") since.set(topic, await admin.fetchTopicOffsetsByTimestamp(topic, sinceMs));
    ranges.set(topic, await admin.fetchTopicOffsets(topic));
  }
  return refs.map(({ topic, partition }) => {
    const range = ranges.get(topic)?.find((range) => range.partition === partition);
    const low = Number(range?.low ?? 0);
    const high = Number(range?.high ?? 0);
    const ofTopic = committed.find((entry) => entry.topic === topic)?.partitions;
    const stored = Number(ofTopic?.find((entry) => entry.partition === partition)?.offset ?? -1);
    const isCommitted = stored >= 0;
    const first = (): number => {
      if (stored === OLDEST || from === "earliest") return low;
      if (from !== "latest") return high - from;
      const found = since.get(topic)?.find((entry) => entry.partition === partition);
      return Number(found?.offset ?? high);
    };
    const offset = Math.min(Math.max(isCommitted ? stored : first(), low), high);
    return { topic, partition, offset, end: high, isCommitted };
  });
}
