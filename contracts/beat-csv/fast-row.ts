import { isDigit, numberEnd, readPlain, readScientificCells, SCIENTIFIC_BYTES } from "./fast-number.ts";
import { NO_LABEL, ROW_SAMPLES } from "./format.ts";
import { COMMA, type Layout, widthOf } from "./layout.ts";

/** The row is not in the plain form that parseFast takes; nothing is said yet of whether it can be taken. */
export const NOT_PLAIN = -2;
const NO_COMMA = -1;
const LABELS = 5;

/**
 * A row of plain numbers (digits, a decimal point, an exponent) from 0 to 1, without spaces and quotes.
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
  const { separator, hasIndex, hasLabel } = layout;
  const decimalComma = separator === COMMA ? NO_COMMA : COMMA;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const last = widthOf(layout) - Number(hasIndex) - 1;
  let at = start;
  if (hasIndex) {
    while (isDigit(bytes[at])) at++;
    if (at === start || bytes[at++] !== separator) return NOT_PLAIN;
  }
  let value = 0;
  for (let cell = 0; cell <= last; cell++, at++) {
    const next = readScientificCells(view, at, end, separator, samples, cell, ROW_SAMPLES);
    at += (next - cell) * (SCIENTIFIC_BYTES + 1);
    cell = next;
    if (cell > last) return NOT_PLAIN;
    value = readPlain(bytes, at, decimalComma);
    if (value < 0) return NOT_PLAIN;
    at = numberEnd;
    if (cell === last ? at !== end : bytes[at] !== separator) return NOT_PLAIN;
    if (cell === ROW_SAMPLES) break;
    if (value > 1) return NOT_PLAIN;
    samples[cell] = value;
  }
  if (!hasLabel) return NO_LABEL;
  return value < LABELS && Number.isInteger(value) ? value : NOT_PLAIN;
}
