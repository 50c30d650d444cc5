/** The topics whose events are kept and can be asked for again. */
export const EVENT_TOPICS = ["beats", "conditions"] as const;
export type EventTopic = (typeof EVENT_TOPICS)[number];

/** Next offset of each partition, by topic: what has been told up to a moment. */
export type Positions = Readonly<Record<EventTopic, readonly number[]>>;

const OFFSET = /^[0-9a-z]{1,11}$/;

/**
 * An opaque text of topics, partitions and offsets. `log` names the log that the offsets count in: offsets of a memory
 * bus mean nothing to the next process.
 */
export function encodeCursor(log: string, positions: Positions): string {
  return [log, ...EVENT_TOPICS.map((topic) => positions[topic].map((n) => n.toString(36)).join("."))].join("~");
}

/** Null when the text is not a cursor into this log with so many partitions. */
export function decodeCursor(text: string, log: string, partitions: number): Positions | null {
  const [name, ...lists] = text.split("~");
  if (name !== log || lists.length !== EVENT_TOPICS.length) return null;
  const [beats, conditions] = lists.map((list) => list.split(".").map(toOffset));
  const isWhole = (offsets: readonly number[]): boolean =>
    offsets.length === partitions && offsets.every((n) => Number.isSafeInteger(n));
  return isWhole(beats) && isWhole(conditions) ? { beats, conditions } : null;
}

const toOffset = (text: string): number => (OFFSET.test(text) ? Number.parseInt(text, 36) : Number.NaN);
