import type { Admin } from "kafkajs";
import type { PartitionRef } from "../../bus.ts";

/** A partition, the next offset to be fetched of it, and how many checks long it has not moved. */
export interface Standing extends PartitionRef {
  readonly offset: number;
  readonly checks: number;
}

/** Tells which partitions stand still from one check to the next. */
export class ProgressWatch {
  #before = new Map<string, Standing>();

  /** Those of `places` that are where they were at the last check. */
  check(places: readonly (PartitionRef & { offset: number })[]): Standing[] {
    const standing = places.map(({ topic, partition, offset }) => {
      const before = this.#before.get(`${topic}/${partition}`);
      return { topic, partition, offset, checks: before?.offset === offset ? before.checks + 1 : 0 };
    });
    this.#before = new Map(standing.map((place) => [`${place.topic}/${place.partition}`, place]));
    return standing.filter(({ checks }) => checks > 0);
  }
}

/** Those of `standing` of which the broker has more; none while it does not answer. */
export async function withMore(
  admin: Pick<Admin, "fetchTopicOffsets">,
  standing: readonly Standing[],
): Promise<Standing[]> {
  const found: Standing[] = [];
  for (const topic of new Set(standing.map((place) => place.topic))) {
    const ends = await admin.fetchTopicOffsets(topic).catch(() => []);
    for (const place of standing) {
      const end = ends.find(({ partition }) => partition === place.partition);
      if (place.topic === topic && Number(end?.high ?? 0) > place.offset) found.push(place);
    }
  }
  return found;
}
