import { compressSync, uncompressSync } from "lz4-napi";
import { BedsideError } from "../../../contracts/errors.ts";

/** No snapshot is larger, bytes: a bed's is some 40 kB. */
const MOST_BYTES = 4 << 20;
/** The length of what is packed, before the block. */
const LENGTH_BYTES = 4;

/** An LZ4 block behind its bytes' number (uint32, little-endian). Brotli's fastest takes longer, for fewer bytes. */
export const pack = ({ buffer, byteOffset, length }: Uint8Array): Uint8Array =>
  compressSync(Buffer.from(buffer, byteOffset, length));

/** What was packed. Throws BAD_SNAPSHOT where it is too large, and whatever LZ4 throws of what is none. */
export function unpack(bytes: Uint8Array): Uint8Array {
  const { buffer, byteOffset, length } = bytes;
  // Before room is made for it.
  const claimed = length < LENGTH_BYTES ? 0 : new DataView(buffer, byteOffset).getUint32(0, true);
  if (claimed > MOST_BYTES) throw new BedsideError("BAD_SNAPSHOT", `it claims ${claimed} bytes`);
  return uncompressSync(bytes);
}
