/** Next offset of each partition, by topic in the table's order: what has been told up to a moment. */
export type Positions = readonly (readonly number[])[];

const OFFSET = /^[0-9a-z]{1,11}$/;

/**
 * An opaque text of topics, partitions and offsets. `log` names the log that the offsets count in: offsets of a memory
 * bus mean nothing to the next process.
 */
export function encodeCursor(log: string, positions: Positions): string {
  return joinCursor(log, positions.map(encodeOffsets));
}

/** The same of parts that `encodeOffsets` made. */
export const joinCursor = (log: string, topics: readonly string[]): string => `${log}~${topics.join("~")}`;

/** One topic's part of a cursor. */
export function encodeOffsets(offsets: readonly number[]): string {
  let text = "";
  for (let i = 0; i < offsets.length; i++) text += i === 0 ? offsets[i].toString(36) : `.${offsets[i].toString(36)}`;
  return text;
}

/** Null when the text is not a cursor into this log with so many topics and partitions. */
export function decodeCursor(text: string, log: string, topics: number, partitions: number): Positions | null {
  const [name, ...lists] = text.split("~");
  if (name !== log || lists.length !== topics) return null;
  const positions = lists.map((list) => list.split(".").map(toOffset));
  const isWhole = (offsets: readonly number[]): boolean =>
    offsets.length === partitions && offsets.every((n) => Number.isSafeInteger(n));
  return positions.every(isWhole) ? positions : null;
}

const toOffset = (text: string): number => (OFFSET.test(text) ? Number.parseInt(text, 36) : Number.NaN);
