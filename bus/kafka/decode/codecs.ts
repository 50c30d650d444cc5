import { gunzipSync } from "node:zlib";
import { Decompress } from "fzstd";
import { decompressFrameSync } from "lz4-napi";
import { uncompressSync } from "snappy";

/**
 * A batch may grow to so many bytes, 64 MiB: a few KB can name gigabytes, and what a producer has packed must not cost
 * far more than what it sent.
 */
export const MAX_UNPACKED_BYTES = 64 << 20;

/** How a batch is packed, by the number that its attributes have for it. */
export interface Codec {
  readonly name: string;
  readonly unpack: (packed: Buffer) => Buffer;
}

export const unpackGzip = (packed: Buffer): Buffer => gunzipSync(packed, { maxOutputLength: MAX_UNPACKED_BYTES });

/** Java clients put blocks of raw Snappy into a frame of their own (xerial's snappy-java); librdkafka sends one raw block. */
const XERIAL = Buffer.from("\x82SNAPPY\0", "latin1");
const XERIAL_HEADER_BYTES = 16;

export function unpackSnappy(packed: Buffer): Buffer {
  if (!packed.subarray(0, XERIAL.length).equals(XERIAL)) return unpackSnappyBlock(packed, MAX_UNPACKED_BYTES);
  const blocks: Buffer[] = [];
  let left = MAX_UNPACKED_BYTES;
  for (let at = XERIAL_HEADER_BYTES; at < packed.length;) {
    const length = packed.readUInt32BE(at);
    const end = at + 4 + length;
    if (end > packed.length) throw new Error("a block is cut off");
    const block = unpackSnappyBlock(packed.subarray(at + 4, end), left);
    left -= block.length;
    blocks.push(block);
    at = end;
  }
  return Buffer.concat(blocks);
}

function unpackSnappyBlock(packed: Buffer, limit: number): Buffer {
  // A block begins with the length it grows to, seven bits a byte, the lowest first.
  let length = 0;
  for (let at = 0; at < 5; at++) {
    length += (packed[at] & 0x7f) * 2 ** (7 * at);
    if ((packed[at] & 0x80) === 0) break;
  }
  if (!(length <= limit)) throw tooLarge();
  return Buffer.from(uncompressSync(packed, { asBuffer: true }));
}

const LZ4_MAGIC = 0x184d2204;
const LZ4_END = 0;
const LZ4_LENGTH = 0x7fffffff;

export function unpackLz4(packed: Buffer): Buffer {
  if (lz4Bound(packed) > MAX_UNPACKED_BYTES) throw tooLarge();
  return decompressFrameSync(packed);
}

/** No frame grows beyond this: its blocks are at most as large, unpacked, as its descriptor says (LZ4 Frame Format 1.6). */
function lz4Bound(packed: Buffer): number {
  if (packed.length < 7 || packed.readUInt32LE(0) !== LZ4_MAGIC) throw new Error("not an LZ4 frame");
  const flags = packed[4];
  const [hasBlockChecksum, hasSize, hasDictionary] = [flags & 0x10, flags & 0x08, flags & 0x01];
  const blockBytes = 2 ** (8 + 2 * ((packed[5] >> 4) & 7));
  let blocks = 0;
  let at = 7 + (hasSize ? 8 : 0) + (hasDictionary ? 4 : 0);
  while (at + 4 <= packed.length) {
    const word = packed.readUInt32LE(at);
    if (word === LZ4_END) break;
    at += 4 + (word & LZ4_LENGTH) + (hasBlockChecksum ? 4 : 0);
    blocks++;
  }
  return blocks * blockBytes;
}

export function unpackZstandard(packed: Buffer): Buffer {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const stream = new Decompress((chunk) => {
    bytes += chunk.length;
    if (bytes > MAX_UNPACKED_BYTES) throw tooLarge();
    chunks.push(chunk);
  });
  stream.push(packed, true);
  return Buffer.concat(chunks);
}

const tooLarge = (): Error => new Error(`unpacked it has more than ${MAX_UNPACKED_BYTES >> 20} MiB`);

/** Kafka protocol, record batch v2: the lowest three bits of a batch's attributes. */
export const CODECS: readonly Codec[] = [
  { name: "nothing", unpack: (bytes) => bytes },
  { name: "gzip", unpack: unpackGzip },
  { name: "Snappy", unpack: unpackSnappy },
  { name: "LZ4", unpack: unpackLz4 },
  { name: "Zstandard", unpack: unpackZstandard },
];
