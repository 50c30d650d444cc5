import { crc32 } from "node:zlib";
import type { TopicName } from "../../contracts/topics.ts";
import type { BusMessage } from "../bus.ts";
import { MAX_MESSAGE_BYTES } from "../shared/arguments.ts";

/** Length of what follows, and its CRC-32; both little-endian. */
const HEAD_BYTES = 8;
/** A message with its key and headers. */
const MOST_BYTES = 2 * MAX_MESSAGE_BYTES;

/** A message as it stands in the file, with when it was taken, Unix ms. */
export interface OutboxRecord {
  readonly message: BusMessage;
  readonly atMs: number;
}

/** Length, checksum; length of the head, the head as JSON, the value. */
export function encodeRecord({ message: { value, ...rest }, atMs }: OutboxRecord): Buffer {
  const head = Buffer.from(JSON.stringify({ ...rest, atMs }));
  const bytes = Buffer.alloc(HEAD_BYTES + 4 + head.length + value.byteLength);
  bytes.writeUInt32LE(bytes.length - HEAD_BYTES, 0);
  bytes.writeUInt32LE(head.length, HEAD_BYTES);
  head.copy(bytes, HEAD_BYTES + 4);
  bytes.set(value, HEAD_BYTES + 4 + head.length);
  bytes.writeUInt32LE(crc32(bytes.subarray(HEAD_BYTES)), 4);
  return bytes;
}

/** The record that begins at `at`, and where it ends; null where none does, or what stands there was cut off or damaged. */
export function decodeRecord(
  bytes: Buffer,
  at: number,
): { readonly record: OutboxRecord; readonly end: number } | null {
  if (at + HEAD_BYTES + 4 > bytes.length) return null;
  const length = bytes.readUInt32LE(at);
  const end = at + HEAD_BYTES + length;
  if (length < 4 || length > MOST_BYTES || end > bytes.length) return null;
  const body = bytes.subarray(at + HEAD_BYTES, end);
  const headLength = body.readUInt32LE(0);
  if (crc32(body) !== bytes.readUInt32LE(at + 4) || headLength > length - 4) return null;
  const { atMs, ...rest } = JSON.parse(body.toString("utf8", 4, 4 + headLength)) as Head;
  return { record: { message: { ...rest, value: new Uint8Array(body.subarray(4 + headLength)) }, atMs }, end };
}

/** Written by `encodeRecord` alone, which its checksum shows. */
interface Head {
  readonly topic: TopicName;
  readonly key: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly atMs: number;
}
