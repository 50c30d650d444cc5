import type { PartitionRef } from "../../bus.ts";
import type { KafkaAdmin } from "../client.ts";

type Place = PartitionRef & { offset: number };

/** A partition, the next offset to be fetched of it, and at how many checks on end it stood there while there was more. */
export interface Standing extends PartitionRef {
  readonly offset: number;
  readonly checks: number;
}

/** Tells which partitions stand still, from one check to the next, before messages that the broker has. */
export class ProgressWatch {
  #before = new Map<string, Standing>();

  /** Those of `places` that stand where they stood at the last check, with more to fetch both times. */
  check(places: readonly Place[], ends: ReadonlyMap<string, number>): Standing[] {
    const waiting = new Map<string, Standing>();
    for (const { topic, partition, offset } of places) {
      const key = keyOf({ topic, partition });
      if (!((ends.get(key) ?? 0) > offset)) continue;
      const before = this.#before.get(key);
      waiting.set(key, { topic, partition, offset, checks: before?.offset === offset ? before.checks + 1 : 0 });
    }
    this.#before = waiting;
    return [...waiting.values()].filter(({ checks }) => checks > 0);
  }
}

const keyOf = ({ topic, partition }: PartitionRef): string => `${topic}/${partition}`;

/** The end of each partition of the topics, by topic/partition. Rejects while the broker does not answer. */
export async function endsOf(
  admin: Pick<KafkaAdmin, "ranges">,
  places: readonly PartitionRef[],
): Promise<Map<string, number>> {
  const ends = new Map<string, number>();
  for (const topic of new Set(places.map((place) => place.topic))) {
    for (const { partition, high } of await admin.ranges(topic)) {
      ends.set(keyOf({ topic, partition }), high);
    }
  }
  return ends;
}

/** Messages between each of the places and its partition's end, summed. */
export async function lagOf(admin: Pick<KafkaAdmin, "ranges">, places: readonly Place[]): Promise<number> {
  const ends = await endsOf(admin, places);
  return places.reduce((sum, place) => sum + Math.max(0, (ends.get(keyOf(place)) ?? 0) - place.offset), 0);
}
