import { gzipSync } from "node:zlib";
import { compressFrameSync } from "lz4-napi";
import { compressSync } from "snappy";
import { expect, test } from "vitest";
import { createRandom } from "../../../kit/random.ts";
import { MAX_UNPACKED_BYTES, unpackGzip, unpackLz4, unpackSnappy, unpackZstandard } from "./codecs.ts";

const random = createRandom(1, "codecs");
const text = Buffer.from(Array.from({ length: 50_000 }, () => 97 + Math.floor(random.uniform() * 4)));
const TOO_MUCH = Buffer.alloc(MAX_UNPACKED_BYTES + 1);

/** As snappy-java writes it: a magic text, two versions, then blocks behind their lengths. */
function xerial(...blocks: readonly Uint8Array[]): Buffer {
  const head = Buffer.from([0x82, ...Buffer.from("SNAPPY"), 0, 0, 0, 0, 1, 0, 0, 0, 1]);
  const parts = blocks.flatMap((block) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(block.length);
    return [length, block];
  });
  return Buffer.concat([head, ...parts]);
}

/** A frame of blocks of one byte each, repeated 128 KiB times (RFC 8878, 3.1.1). */
function zstandard(blocks: number): Buffer {
  const size = 128 << 10;
  const body = Array.from({ length: blocks }, (_, i) => {
    const header = (i === blocks - 1 ? 1 : 0) | (1 << 1) | (size << 3);
    return [header & 0xff, (header >> 8) & 0xff, header >> 16, 0x61];
  });
  return Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x38, ...body.flat()]);
}

test.each([
  ["gzip", unpackGzip(gzipSync(text)), text],
  ["Snappy", unpackSnappy(compressSync(text)), text],
  ["Snappy of Java", unpackSnappy(xerial(compressSync(text), compressSync(text))), Buffer.concat([text, text])],
  ["LZ4", unpackLz4(compressFrameSync(text)), text],
  ["LZ4 with checksums", unpackLz4(compressFrameSync(text, { blockChecksums: true, contentChecksum: true })), text],
  ["Zstandard", unpackZstandard(zstandard(3)), Buffer.alloc(3 * (128 << 10), "a")],
])("what was packed by %s is unpacked", (_, unpacked, wanted) => {
  expect(Buffer.compare(unpacked, wanted)).toBe(0);
});

test("what would grow beyond the limit is refused before it does", () => {
  expect(() => unpackGzip(gzipSync(TOO_MUCH))).toThrow(/larger than/);
  expect(() => unpackSnappy(compressSync(TOO_MUCH))).toThrow(/more than 64 MiB/);
  expect(() =>
    unpackSnappy(xerial(compressSync(Buffer.alloc(40 << 20)), compressSync(Buffer.alloc(40 << 20)))),
  ).toThrow(/MiB/);
  expect(() => unpackLz4(compressFrameSync(TOO_MUCH))).toThrow(/more than 64 MiB/);
  expect(() => unpackZstandard(zstandard(513))).toThrow(/more than 64 MiB/);
});

test.each([
  ["gzip", unpackGzip, gzipSync(text), /header/, /end of file/],
  ["Snappy", unpackSnappy, compressSync(text), /corrupt/, /corrupt/],
  ["Snappy of Java", unpackSnappy, xerial(compressSync(text)), /corrupt/, /cut off/],
  ["LZ4", unpackLz4, compressFrameSync(text), /not an LZ4 frame/, /failed to fill/],
  ["Zstandard", unpackZstandard, zstandard(600), /invalid zstd data/, /./],
])("%s: what is something else, or cut off, is refused", (_, unpack, packed, other, cut) => {
  expect(() => unpack(Buffer.from("no such thing as this"))).toThrow(other);
  expect(() => unpack(packed.subarray(0, 500))).toThrow(cut);
});
