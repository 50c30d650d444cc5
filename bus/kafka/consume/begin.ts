import type { Admin } from "kafkajs";
import type { TopicName } from "../../../contracts/topics.ts";
import type { PartitionRef, SubscribeOptions } from "../../bus.ts";

/** Where a member begins in a partition it was assigned. */
export interface Begin extends PartitionRef {
  readonly offset: number;
  /** The group's committed offset, or false: `from` decided, and the place is to be committed. */
  readonly isCommitted: boolean;
}

/** What kafkajs commits where retention has overtaken a reader: go on at the oldest. */
const OLDEST = -2;

/** The committed offset of each partition, or what `from` says; brought into what the broker still holds. */
export async function beginOffsets(
  admin: Admin,
  refs: readonly PartitionRef[],
  { group, from }: Pick<SubscribeOptions, "group" | "from">,
): Promise<Begin[]> {
  const topics = [...new Set(refs.map(({ topic }) => topic))];
  const committed = await admin.fetchOffsets({ groupId: group, topics });
  const ranges = new Map<TopicName, Awaited<ReturnType<Admin["fetchTopicOffsets"]>>>();
  for (const topic of topics) ranges.set(topic, await admin.fetchTopicOffsets(topic));
  return refs.map(({ topic, partition }) => {
    const range = ranges.get(topic)?.find((range) => range.partition === partition);
    const low = Number(range?.low ?? 0);
    const high = Number(range?.high ?? 0);
    const ofTopic = committed.find((entry) => entry.topic === topic)?.partitions;
    const stored = Number(ofTopic?.find((entry) => entry.partition === partition)?.offset ?? -1);
    const isCommitted = stored >= 0;
    const back = stored === OLDEST || from === "earliest" ? Infinity : from === "latest" ? 0 : from;
    const offset = Math.min(Math.max(isCommitted ? stored : high - back, low), high);
    return { topic, partition, offset, isCommitted };
  });
}
