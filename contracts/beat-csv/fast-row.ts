import { isDigit, numberEnd, readPlain, readScientificCells, SCIENTIFIC_BYTES } from "./fast-number.ts";
import { NO_LABEL, ROW_SAMPLES } from "./format.ts";
import { type Layout, NONE } from "./layout/layout.ts";
import { COMMA, SPACE } from "./separators.ts";

/** The row is not in the plain form that parseFast takes; nothing is said yet of whether it can be taken. */
export const NOT_PLAIN = -2;
const NO_COMMA = -1;
const LABELS = 5;
const QUOTE = 34;

/**
 * A row of plain numbers (digits, a decimal point, an exponent) from 0 to 1, without spaces and quotes, the samples one
 * behind the other.
 * @param bytes the row at [start … end); bytes[end] is LF or CR, at which every loop ends
 * @param samples ROW_SAMPLES values go here
 * @returns the label or NO_LABEL; NOT_PLAIN for all else, well-formed or not
 */
export function parseFast(
  bytes: Uint8Array,
  start: number,
  end: number,
  layout: Layout,
  samples: Float32Array,
): number {
  const { separator, firstSample, labelCell, indexCell, width } = layout;
  if (firstSample === NONE) return NOT_PLAIN;
  const decimalComma = separator === COMMA ? NO_COMMA : COMMA;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const last = width - 1;
  let label = NO_LABEL;
  let at = start;
  for (let cell = 0; cell < width; cell++, at++) {
    if (cell === firstSample) {
      const samplesEnd = readSamples(bytes, view, at, end, separator, decimalComma, samples);
      if (samplesEnd < 0) return NOT_PLAIN;
      at = samplesEnd;
      cell += ROW_SAMPLES - 1;
    } else if (cell === labelCell) {
      label = readPlain(bytes, at, decimalComma);
      if (label < 0 || label >= LABELS || !Number.isInteger(label)) return NOT_PLAIN;
      at = numberEnd;
    } else {
      const from = at;
      at = cell === indexCell ? digitsEnd(bytes, at) : wordEnd(bytes, at, end, separator);
      if (at === from) return NOT_PLAIN;
    }
    if (cell === last ? at !== end : bytes[at] !== separator) return NOT_PLAIN;
  }
  return label;
}

/** Reads ROW_SAMPLES cells and returns where the last one ends, or -1. */
function readSamples(
  bytes: Uint8Array,
  view: DataView,
  from: number,
  end: number,
  separator: number,
  decimalComma: number,
  samples: Float32Array,
): number {
  let at = from;
  for (let cell = 0; ; cell++, at++) {
    const next = readScientificCells(view, at, end, separator, samples, cell, ROW_SAMPLES);
    at += (next - cell) * (SCIENTIFIC_BYTES + 1);
    // The separator behind the last one is its caller's.
    if (next === ROW_SAMPLES) return at - 1;
    cell = next;
    const value = readPlain(bytes, at, decimalComma);
    if (value < 0 || value > 1) return -1;
    samples[cell] = value;
    at = numberEnd;
    if (cell === ROW_SAMPLES - 1) return at;
    if (bytes[at] !== separator) return -1;
  }
}

function digitsEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isDigit(bytes[at])) at++;
  return at;
}

/** Where a cell without quotes and spaces ends; `from` for any other, and an empty one. */
function wordEnd(bytes: Uint8Array, from: number, end: number, separator: number): number {
  for (let at = from; ; at++) {
    if (at === end || bytes[at] === separator) return at;
    if (bytes[at] === QUOTE || bytes[at] === SPACE) return from;
  }
}
