import { BEAT_CLASSES } from "../beat.ts";
import { NO_LABEL, ROW_SAMPLES } from "./format.ts";
import { COMMA, type Layout, widthOf } from "./layout.ts";

/** A value this far outside of 0 to 1 is rounding. */
const ROUNDING = 1e-6;
const SHOWN = 24;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const decoder = new TextDecoder();

/** A line's cells without quotes and spaces around them. A quote that is not closed goes to the line's end. */
export function cellsOf(line: Uint8Array, separator: number): string[] {
  const text = decoder.decode(line);
  const mark = String.fromCharCode(separator);
  if (!text.includes('"')) return text.split(mark).map((cell) => cell.trim());
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (character === mark && !quoted) {
      cells.push(cell.trim());
      cell = "";
    } else cell += character;
  }
  return [...cells, cell.trim()];
}

/**
 * A row's samples and label from its cells, each of which may be in any form a spreadsheet writes.
 * @returns the label or NO_LABEL, or why the row is refused
 */
export function parseCells(cells: readonly string[], layout: Layout, samples: Float32Array): number | string {
  const { hasIndex, hasLabel } = layout;
  const width = widthOf(layout);
  if (cells.length !== width) return `${countOf(cells.length)}, where this file's rows have ${width}`;
  const first = hasIndex ? 1 : 0;
  if (hasIndex && !/^\d+$/.test(cells[0])) return `the index in cell 1 is ${shown(cells[0])}, not a whole number`;
  for (let sample = 0; sample < ROW_SAMPLES; sample++) {
    const text = cells[first + sample];
    const value = numberOf(text);
    if (!(value >= -ROUNDING && value <= 1 + ROUNDING)) return `cell ${first + sample + 1} ${fault(text, value)}`;
    samples[sample] = Math.min(1, Math.max(0, value));
  }
  return hasLabel ? labelOf(cells[width - 1]) : NO_LABEL;
}

/** Why a line of this many cells is no row, before it is known how the file's rows are laid out. */
export const wrongWidth = (cells: number): string =>
  `${countOf(cells)}, where a row has ${ROW_SAMPLES} samples and at most an index before and a label behind them`;

const countOf = (cells: number): string => `${cells} cell${cells === 1 ? "" : "s"}`;

/** The number that a cell's text is, with a decimal point or comma; NaN for all else. */
function numberOf(text: string): number {
  const pointed = text.includes(String.fromCharCode(COMMA)) ? text.replace(",", ".") : text;
  return NUMBER.test(pointed) ? Number(pointed) : Number.NaN;
}

/** A label as a number or as a letter, NO_LABEL where the cell is empty. */
function labelOf(text: string): number | string {
  if (text === "") return NO_LABEL;
  const letter = BEAT_CLASSES.findIndex((name) => name === text);
  const label = letter === -1 ? numberOf(text) : letter;
  if (Number.isInteger(label) && label >= 0 && label < BEAT_CLASSES.length) return label;
  return `the label is ${shown(text)}, not one of 0 to 4 or ${BEAT_CLASSES.join(", ")}`;
}

function fault(text: string, value: number): string {
  if (text === "") return "is empty";
  if (/^[+-]?(nan|na|null|none|inf|infinity|\?)$/i.test(text)) return `has no value (${text})`;
  if (Number.isNaN(value)) return `is ${shown(text)}, not a number`;
  return `is ${shown(text, false)}, outside 0 to 1: scale rows as Kaggle's are`;
}

/** Part of a cell, for a message: short, and without characters that do something. */
function shown(text: string, quoted = true): string {
  const safe = text.replace(/[\p{C}]/gu, "\uFFFD");
  const part = safe.length > SHOWN ? `${safe.slice(0, SHOWN)}…` : safe;
  return quoted ? `"${part}"` : part;
}
