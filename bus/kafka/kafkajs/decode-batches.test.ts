import type { KafkaMessage } from "kafkajs";
import { expect, test } from "vitest";
import { decodeBatches, type Decoder } from "./decode-batches.ts";
import { NothingMore, UnreadableBatch } from "./stand-ins.ts";

/** The little of kafkajs's decoder that is needed. */
class Bytes implements Decoder {
  offset = 0;
  constructor(readonly buffer: Buffer) {}
  readInt32(): number {
    this.offset += 4;
    return this.buffer.readInt32BE(this.offset - 4);
  }
  readBytes(length: number): Buffer {
    this.offset += length;
    return this.buffer.subarray(this.offset - length, this.offset);
  }
  canReadBytes(length: number): boolean {
    return this.buffer.length - this.offset >= length;
  }
}

/** A record batch's header, and nothing in it. */
function batch(first: number, last: number, { attributes = 0, magic = 2 } = {}): Buffer {
  const bytes = Buffer.alloc(70);
  bytes.writeBigInt64BE(BigInt(first), 0);
  bytes.writeInt32BE(bytes.length - 12, 8);
  bytes.writeInt8(magic, 16);
  bytes.writeInt16BE(attributes, 21);
  bytes.writeInt32BE(last - first, 23);
  return bytes;
}

type Record = KafkaMessage & { isControlRecord?: boolean };
// Of a record only these two count here.
const record = (offset: number, isControlRecord = false) => ({ offset: String(offset), isControlRecord }) as Record;

/** Decodes a response of these batches; `records` gives a batch's by its first offset, or throws. */
function decode(batches: readonly Buffer[], records: (first: number) => readonly Record[], cut = 0) {
  const all = Buffer.concat(batches);
  const body = all.subarray(0, all.length - cut);
  const size = Buffer.alloc(4);
  size.writeInt32BE(body.length);
  return decodeBatches(new Bytes(Buffer.concat([size, body])), {
    Decoder: Bytes,
    decodeBatch: async ({ buffer }) => ({ records: records(Number(buffer.readBigInt64BE(0))) }),
    decodeMessageSet: async () => [record(99)],
  });
}

const offsets = (messages: readonly { offset: string }[]): number[] => messages.map(({ offset }) => Number(offset));

test("batches one after another; the last may be cut off", async () => {
  const batches = [batch(5, 6), batch(7, 7)];
  const records = (first: number) => (first === 5 ? [record(5), record(6)] : [record(7)]);
  expect(offsets(await decode(batches, records))).toEqual([5, 6, 7]);
  expect(offsets(await decode(batches, records, 1))).toEqual([5, 6]);
  expect(await decode([], records)).toEqual([]);
});

test("a batch that cannot be read is one message in its place, with its offsets and the reason", async () => {
  const messages = await decode([batch(5, 6), batch(7, 12, { attributes: 3 }), batch(13, 13)], (first) => {
    if (first === 7) throw new Error("no such block");
    return [record(first)];
  });
  expect(offsets(messages)).toEqual([5, 12, 13]);
  expect(messages[1]).toBeInstanceOf(UnreadableBatch);
  expect(messages[1]).toMatchObject({ firstOffset: 7n, reason: "packed by LZ4: no such block" });
});

test("behind the mark of a transaction, and an empty batch, stands that there is nothing more", async () => {
  const messages = await decode([batch(5, 5), batch(6, 6, { attributes: 0x20 }), batch(7, 9)], (first) =>
    first === 5 ? [record(5)] : first === 6 ? [record(6, true)] : [],
  );
  expect(messages.filter((message) => message instanceof NothingMore).map(({ offset }) => offset)).toEqual(["6", "9"]);
  expect(offsets(messages)).toEqual([5, 6, 6, 9]);
});

test("a batch of more messages than a call takes arguments", async () => {
  const many = Array.from({ length: 500_000 }, (_, i) => record(i));
  expect(await decode([batch(0, many.length - 1)], () => many)).toHaveLength(many.length);
});

test("messages of before Kafka 0.11 are kafkajs's own affair", async () => {
  expect(offsets(await decode([batch(5, 5, { magic: 1 })], () => []))).toEqual([99]);
});
