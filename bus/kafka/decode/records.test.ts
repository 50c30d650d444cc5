import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { TOPICS } from "../../../contracts/topics.ts";
import { readBatches } from "./records.ts";

const ref = { topic: TOPICS.frames, partition: 2 };

/** Zigzag, seven bits a byte. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let left = value < 0 ? -2 * value - 1 : 2 * value;
  for (; left >= 128; left = Math.floor(left / 128)) bytes.push((left % 128) | 0x80);
  return [...bytes, left];
}

const field = (text: string | null): number[] =>
  text === null ? varint(-1) : [...varint(text.length), ...Buffer.from(text)];

function record(delta: number, value: string | null, extra: readonly number[] = []): number[] {
  const headers = [...varint(1), ...field("h"), ...field("x")];
  // A time that lies 2^40 ms before the batch's, which no 32-bit number holds.
  const body = [0, ...varint(-(2 ** 40)), ...varint(delta), ...field("k"), ...field(value), ...headers, ...extra];
  return [...varint(body.length), ...body];
}

function batch(first: number, body: Buffer, { count = 1, attributes = 0, producer = -1n, last = -1 } = {}) {
  const head = Buffer.alloc(61);
  head.writeBigInt64BE(BigInt(first), 0);
  head.writeInt32BE(61 - 12 + body.length, 8);
  head.writeInt8(2, 16);
  head.writeInt16BE(attributes, 21);
  head.writeInt32BE(last < 0 ? count - 1 : last, 23);
  head.writeBigInt64BE(producer, 43);
  head.writeInt32BE(count, 57);
  return Buffer.concat([head, body]);
}

const plain = (first: number, ...values: readonly (string | null)[]) =>
  batch(first, Buffer.from(values.flatMap((value, i) => record(i, value))), { count: values.length });

const read = (...batches: readonly Buffer[]) => readBatches(Buffer.concat(batches), ref, []);

test("records of batches one after another, packed or not; the last batch may be cut off", () => {
  const packed = batch(7, gzipSync(Buffer.from([...record(0, "c"), ...record(4, null)])), {
    count: 2,
    attributes: 1,
    last: 6,
  });
  const { messages, passed } = read(plain(5, "a", "b"), packed, plain(20, "d").subarray(0, -1));
  const text = (value: Uint8Array) => Buffer.from(value).toString();
  expect(messages.map(({ offset, value }) => [offset, text(value)])).toEqual([
    [5, "a"],
    [6, "b"],
    [7, "c"],
    [11, ""],
  ]);
  expect(passed).toBe(13);
  expect(messages[0]).toEqual({ ...ref, offset: 5, key: "k", value: Buffer.from("a"), headers: { h: "x" } });
  expect(read()).toEqual({ messages: [], passed: undefined });
});

test("what a later version puts at a record's end is passed over", () => {
  const body = Buffer.from([...record(0, "a", [1, 2, 3]), ...record(1, "b")]);
  expect(read(batch(0, body, { count: 2 })).messages.map(({ offset }) => offset)).toEqual([0, 1]);
});

test.each([
  ["cut off", batch(6, Buffer.from(record(0, "bb").slice(0, -1)), { last: 3 }), /nothing: a record is cut off/],
  ["fewer than it says", batch(6, Buffer.from(record(0, "b")), { count: 2, last: 3 }), /cut off/],
  ["of a length that is none", batch(6, Buffer.from(varint(-9)), { last: 3 }), /cut off/],
  ["of a codec that there is not", batch(6, Buffer.alloc(9), { attributes: 6, last: 3 }), /without a name: no such/],
  ["not gzip", batch(6, Buffer.alloc(9), { attributes: 1, last: 3 }), /gzip: incorrect header/],
])("a batch that cannot be read, %s, is one message in its place; neighbours are whole", (_, bad, reason) => {
  const { messages } = read(plain(5, "a"), bad, plain(10, "c"));
  expect(messages.map(({ offset }) => offset)).toEqual([5, 9, 10]);
  expect(messages[1].unreadable).toMatch(/ecg\.frames\.v1\/2: the messages at 6 to 9 cannot be read/);
  expect(messages[1].unreadable).toMatch(reason);
  expect(messages[1].value).toEqual(bad);
});

test("what a transaction wrote that was given up is nobody's, up to the mark of its end", () => {
  const of = (first: number, attributes: number, producer: bigint) =>
    batch(first, Buffer.from(record(0, "x")), { attributes, producer });
  const [written, mark] = [0x10, 0x30];
  const bytes = [of(5, written, 1n), of(6, written, 2n), of(7, mark, 1n), of(8, written, 1n), of(9, mark, 1n)];
  const { messages, passed } = readBatches(Buffer.concat(bytes), ref, [{ producerId: 1n, firstOffset: 5n }]);
  expect(messages.map(({ offset }) => offset)).toEqual([6, 8]);
  expect(passed).toBe(9);
});
