import { BedsideError } from "../../contracts/errors.ts";
import { MISSING_ADU } from "../../contracts/frame.ts";

/** Format 212's mark of an invalid sample; format 16's is MISSING_ADU itself. */
const INVALID_212 = -2048;

/** Bytes that `samples` samples take, by WFDB signal(5) format; formats that are not in the table are not read. */
export const BYTES_OF: Readonly<Record<number, (samples: number) => number>> = {
  16: (samples) => 2 * samples,
  212: (samples) => Math.ceil((3 * samples) / 2),
};

/**
 * Reads `length` samples of each of `count` interleaved signals. Invalid samples become MISSING_ADU.
 * Throws BAD_RECORD when the format is unknown or the bytes are too few. `place` names the file in errors.
 */
export function readSignals(
  bytes: Uint8Array,
  format: number,
  count: number,
  length: number,
  place: string,
): Int16Array[] {
  const bytesOf = BYTES_OF[format];
  if (!bytesOf) throw new BedsideError("BAD_RECORD", `${place}: format ${format} is not supported, 16 and 212 are`);
  const needed = bytesOf(count * length);
  if (bytes.length < needed) {
    throw new BedsideError(
      "BAD_RECORD",
      `${place}: has ${bytes.length} bytes, the header promises ${needed}; fetch it again`,
    );
  }
  const signals = Array.from({ length: count }, () => new Int16Array(length));
  const read = format === 212 ? sample212 : sample16;
  for (let i = 0, at = 0; i < length; i++) for (let s = 0; s < count; s++, at++) signals[s][i] = read(bytes, at);
  return signals;
}

function sample16(bytes: Uint8Array, at: number): number {
  return ((bytes[2 * at] | (bytes[2 * at + 1] << 8)) << 16) >> 16;
}

/** Two 12-bit samples in three bytes: low byte of the first, both high nibbles, low byte of the second. */
function sample212(bytes: Uint8Array, at: number): number {
  const base = 3 * (at >> 1);
  const raw =
    at % 2 === 0 ? bytes[base] | ((bytes[base + 1] & 0x0f) << 8) : bytes[base + 2] | ((bytes[base + 1] & 0xf0) << 4);
  const value = (raw << 20) >> 20;
  return value === INVALID_212 ? MISSING_ADU : value;
}
