import type { Positions } from "../feed/cursor.ts";
import { type EventLog, isOlder } from "../feed/event-log.ts";

export interface Resume {
  /** The positions asked for, without what does not concern the client. */
  readonly since: Positions;
  /** By topic, positions that are older than what the log keeps. */
  readonly behind: Map<string, number[]>;
}

/** What a client misses that has been told everything before `positions` and whose beds are in `partitions` (null: in all). */
export function missedSince(
  log: EventLog,
  topics: readonly string[],
  positions: Positions,
  { wanted, partitions }: { wanted: ReadonlySet<string>; partitions: ReadonlySet<number> | null },
): Resume {
  const since = topics.map((topic, place) => {
    const first = log.firstOf(topic);
    const isConcerned = (partition: number): boolean => partitions?.has(partition) ?? true;
    return positions[place].map((offset, at) => (isConcerned(at) ? offset : Math.max(offset, first[at])));
  });
  const isBehind = (topic: string, place: number): boolean =>
    wanted.has(topic) && isOlder(since[place], log.firstOf(topic));
  const behind = topics.flatMap((topic, place): [string, number[]][] =>
    isBehind(topic, place) ? [[topic, [...since[place]]]] : [],
  );
  return { since, behind: new Map(behind) };
}
