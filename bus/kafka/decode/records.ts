import type { PartitionRef, ReceivedMessage } from "../../bus.ts";
import {
  AT,
  BATCH_MAGIC,
  batchesOf,
  firstOffsetOf,
  HEADER_BYTES,
  lastOffsetOf,
  unreadableReason,
  unreadableText,
} from "./batch.ts";
import { CODECS } from "./codecs.ts";

/** A transaction that was given up: what this producer wrote from that offset on, up to the mark of its end, is nobody's. */
export interface AbortedTransaction {
  readonly producerId: bigint;
  readonly firstOffset: bigint;
}

/** Bits of a batch's attributes. */
const TRANSACTIONAL = 0x10;
const CONTROL = 0x20;
const CODEC = 7;

/** What a broker sent of one partition, as messages; a batch that cannot be read is one message. `passed` is the last offset. */
export function readBatches(
  bytes: Buffer,
  ref: PartitionRef,
  aborted: readonly AbortedTransaction[],
): { messages: ReceivedMessage[]; passed: number | undefined } {
  const messages: ReceivedMessage[] = [];
  let passed: number | undefined;
  const waiting = aborted.toSorted((a, b) => Number(a.firstOffset - b.firstOffset));
  const givenUp = new Set<bigint>();
  for (const batch of batchesOf(bytes)) {
    const last = lastOffsetOf(batch);
    passed = Number(last);
    const attributes = batch.readInt16BE(AT.attributes);
    const producer = batch.readBigInt64BE(AT.producerId);
    while (waiting.length > 0 && waiting[0].firstOffset <= last) givenUp.add(waiting.shift()?.producerId ?? 0n);
    if (attributes & CONTROL) {
      givenUp.delete(producer);
      continue;
    }
    if (attributes & TRANSACTIONAL && givenUp.has(producer)) continue;
    try {
      // All of a batch or nothing of it.
      for (const message of readBatch(batch, ref)) messages.push(message);
    } catch (cause) {
      const unreadable = unreadableText(
        ref.topic,
        ref.partition,
        firstOffsetOf(batch),
        last,
        unreadableReason(batch, cause),
      );
      messages.push({ ...ref, offset: passed, key: "", value: Buffer.from(batch), headers: {}, unreadable });
    }
  }
  return { messages, passed };
}

function readBatch(batch: Buffer, ref: PartitionRef): ReceivedMessage[] {
  if (batch[AT.magic] !== BATCH_MAGIC) throw new Error(`batches of version ${batch[AT.magic]} are not read`);
  const codec = CODECS[batch.readInt16BE(AT.attributes) & CODEC];
  if (!codec) throw new Error("no such codec");
  const records = new Cursor(codec.unpack(batch.subarray(HEADER_BYTES)));
  const first = Number(firstOffsetOf(batch));
  return Array.from({ length: batch.readInt32BE(AT.count) }, () => readRecord(records, first, ref));
}

/** Length, attributes, the time's and the offset's distance from the batch's, key, value, headers. */
function readRecord(cursor: Cursor, first: number, { topic, partition }: PartitionRef): ReceivedMessage {
  cursor.endAfter(cursor.varint());
  cursor.skip(1);
  cursor.varint();
  const offset = first + cursor.varint();
  const key = cursor.bytes()?.toString() ?? "";
  const value = cursor.bytes();
  const headers: Record<string, string> = {};
  for (let left = cursor.varint(); left > 0; left--) {
    const name = cursor.bytes()?.toString() ?? "";
    headers[name] = cursor.bytes()?.toString() ?? "";
  }
  cursor.endRecord();
  const place = { topic, partition, offset, key, headers };
  return value ? { ...place, value } : { ...place, value: new Uint8Array(0), isTombstone: true };
}

/** Reads on and on; throws where bytes are missing. */
class Cursor {
  #at = 0;
  #end = 0;

  constructor(private readonly buffer: Buffer) {
    this.#end = buffer.length;
  }

  /** The record that begins here has so many bytes: fields of later versions may stand at its end. */
  endAfter(length: number): void {
    this.#end = this.#at + length;
    if (length < 0 || this.#end > this.buffer.length) throw cutOff();
  }

  endRecord(): void {
    this.#at = this.#end;
    this.#end = this.buffer.length;
  }

  skip(count: number): void {
    this.#at += count;
    if (count < 0 || this.#at > this.#end) throw cutOff();
  }

  /** Zigzag, seven bits a byte, the lowest first; up to 2 ^ 53. */
  varint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      if (this.#at >= this.#end || factor > 2 ** 63) throw cutOff();
      const byte = this.buffer[this.#at++];
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) break;
    }
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** Behind their length; null where that is −1. */
  bytes(): Buffer | null {
    const length = this.varint();
    if (length === -1) return null;
    const begin = this.#at;
    this.skip(length);
    return this.buffer.subarray(begin, this.#at);
  }
}

const cutOff = (): Error => new Error("a record is cut off");
