/** Next offset of each partition, by topic: what has been told up to a moment. */
export type Positions = Readonly<Record<"beats" | "conditions", readonly number[]>>;

/** An opaque text of topics, partitions and offsets; means the same at every gateway of the bus. */
export function encodeCursor({ beats, conditions }: Positions): string {
  return Buffer.from(JSON.stringify([beats, conditions])).toString("base64url");
}

/** Null when the text is not a cursor for `partitions` partitions. */
export function decodeCursor(text: string, partitions: number): Positions | null {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  } catch {
    return null;
  }
  if (!Array.isArray(value) || value.length !== 2) return null;
  const isOffsets = (list: unknown): list is number[] =>
    Array.isArray(list) && list.length === partitions && list.every((n) => Number.isSafeInteger(n) && n >= 0);
  const [beats, conditions] = value as unknown[];
  return isOffsets(beats) && isOffsets(conditions) ? { beats, conditions } : null;
}
