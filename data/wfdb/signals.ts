import { BedsideError } from "../../contracts/errors.ts";
import { MISSING_ADU } from "../../contracts/frame.ts";
import { CONVERT } from "./signal-line.ts";

/** A WFDB signal(5) format: how samples, counted through all interleaved signals, lie in bytes. */
interface SignalFormat {
  readonly bitsPerSample: number;
  /** Stands for an invalid sample. */
  readonly invalidAdu: number;
  readonly read: (bytes: Uint8Array, at: number) => number;
}

const FORMATS: ReadonlyMap<number, SignalFormat> = new Map([
  [
    16,
    {
      bitsPerSample: 16,
      invalidAdu: -32768,
      read: (bytes: Uint8Array, at: number): number => ((bytes[2 * at] | (bytes[2 * at + 1] << 8)) << 16) >> 16,
    },
  ],
  [212, { bitsPerSample: 12, invalidAdu: -2048, read: read212 }],
]);

/** The value by which a format marks an invalid sample. Throws BAD_RECORD for a format that is not read. */
export const invalidAduOf = (format: number, place: string): number => formatOf(format, place).invalidAdu;

/** How many samples of each of `count` interleaved signals `bytes` bytes hold. Throws BAD_RECORD as above. */
export function samplesIn(bytes: number, format: number, count: number, place: string): number {
  return Math.floor(Math.floor((8 * bytes) / formatOf(format, place).bitsPerSample) / count);
}

/**
 * Reads `length` samples of each of `count` interleaved signals, ADC units; invalid ones become MISSING_ADU. There must
 * be so many (`samplesIn`). Throws BAD_RECORD for a format that is not read. `place` names the file in errors.
 */
export function readSignals(
  bytes: Uint8Array,
  format: number,
  count: number,
  length: number,
  place: string,
): Int16Array[] {
  const { read, invalidAdu } = formatOf(format, place);
  const signals = Array.from({ length: count }, () => new Int16Array(length));
  for (let i = 0, at = 0; i < length; i++) {
    for (let s = 0; s < count; s++, at++) {
      const adu = read(bytes, at);
      signals[s][i] = adu === invalidAdu ? MISSING_ADU : adu;
    }
  }
  return signals;
}

/** Two 12-bit samples in three bytes: low byte of the first, both high nibbles, low byte of the second. */
function read212(bytes: Uint8Array, at: number): number {
  const base = 3 * (at >> 1);
  const raw =
    at % 2 === 0 ? bytes[base] | ((bytes[base + 1] & 0x0f) << 8) : bytes[base + 2] | ((bytes[base + 1] & 0xf0) << 4);
  return (raw << 20) >> 20;
}

function formatOf(format: number, place: string): SignalFormat {
  const known = FORMATS.get(format);
  if (known) return known;
  const read = [...FORMATS.keys()].join(" and ");
  throw new BedsideError("BAD_RECORD", `${place}: format ${format} is not read, only ${read} are; ${CONVERT}`);
}
