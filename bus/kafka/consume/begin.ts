import type { TopicName } from "../../../contracts/topics.ts";
import type { AssignedPartition, PartitionRef, SubscribeOptions } from "../../bus.ts";
import type { KafkaAdmin, OffsetRange } from "../client.ts";

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
  admin: Pick<KafkaAdmin, "committed" | "ranges" | "firstSince">,
  refs: readonly PartitionRef[],
  { group, from, sinceMs }: BeginOptions,
): Promise<Begin[]> {
  const committed = await admin.committed(group, refs);
  const ranges = new Map<TopicName, readonly OffsetRange[]>();
  const since = new Map<TopicName, ReadonlyMap<number, number>>();
  for (const topic of new Set(refs.map((ref) => ref.topic))) {
    // In this order: what comes in between lies before the end.
    if (from === "latest") since.set(topic, await admin.firstSince(topic, sinceMs));
    ranges.set(topic, await admin.ranges(topic));
  }
  return refs.map(({ topic, partition }) => {
    const { low, high } = ranges.get(topic)?.find((range) => range.partition === partition) ?? { low: 0, high: 0 };
    const stored = committed.get(`${topic}/${partition}`) ?? -1;
    const isCommitted = stored >= 0;
    const first = (): number => {
      if (stored === OLDEST || from === "earliest") return low;
      if (from !== "latest") return high - from;
      return since.get(topic)?.get(partition) ?? high;
    };
    const offset = Math.min(Math.max(isCommitted ? stored : first(), low), high);
    return { topic, partition, offset, end: high, isCommitted };
  });
}
