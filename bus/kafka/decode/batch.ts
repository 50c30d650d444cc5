import { CODECS } from "./codecs.ts";

/** Offset, length, magic byte, attributes, last offset's delta and so on: Kafka protocol, record batch v2. */
export const AT = {
  firstOffset: 0,
  length: 8,
  magic: 16,
  attributes: 21,
  lastOffsetDelta: 23,
  producerId: 43,
  count: 57,
} as const;
export const HEADER_BYTES = 61;
export const BATCH_MAGIC = 2;
/** What stands before the bytes that `length` counts. */
const PREFIX_BYTES = 12;

/** The batches in what a broker sent of one partition. The last may be cut off, as Kafka has it. */
export function* batchesOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at + HEADER_BYTES <= bytes.length;) {
    const end = at + PREFIX_BYTES + bytes.readInt32BE(at + AT.length);
    if (end > bytes.length || end < at + HEADER_BYTES) return;
    yield bytes.subarray(at, end);
    at = end;
  }
}

export const firstOffsetOf = (batch: Buffer): bigint => batch.readBigInt64BE(AT.firstOffset);

export const lastOffsetOf = (batch: Buffer): bigint =>
  firstOffsetOf(batch) + BigInt(Math.max(0, batch.readInt32BE(AT.lastOffsetDelta)));

/** Why a batch could not be read, in one line. */
export function unreadableReason(batch: Buffer, cause: unknown): string {
  const codec = CODECS[batch.readInt16BE(AT.attributes) & 7]?.name ?? "a codec without a name";
  const why = cause instanceof Error ? cause.message : String(cause);
  return `packed by ${codec}: ${why.slice(0, 200)}`;
}

/** What is told of messages that cannot be read, by whoever reads on behind them. */
export const unreadableText = (topic: string, partition: number, first: bigint, last: bigint, reason: string): string =>
  `${topic}/${partition}: the messages at ${first} to ${last} cannot be read and are passed over (${reason})`;
