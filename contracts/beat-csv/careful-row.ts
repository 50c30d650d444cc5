import { BEAT_CLASSES } from "../beat.ts";
import { classOf, isSample, isWhole, numberOf, shown } from "./cells.ts";
import { NO_LABEL, ROW_SAMPLES } from "./format.ts";
import { type Layout, NONE } from "./layout/layout.ts";

/** Samples within this are a flat line. */
const FLAT = 0.01;

/**
 * A row's samples and label from its cells, each of which may be in any form a spreadsheet writes.
 * @param hasCapitals labels of the file are capital letters
 * @returns the label or NO_LABEL, or why the row is refused
 */
export function parseCells(
  cells: readonly string[],
  layout: Layout,
  samples: Float32Array,
  hasCapitals: boolean,
): number | string {
  const { width, sampleCells, labelCell, indexCell } = layout;
  if (cells.length !== width) return wrongWidth(cells.length, layout);
  if (indexCell !== NONE && !isWhole(cells[indexCell])) {
    return `the index in cell ${indexCell + 1} is ${shown(cells[indexCell])}, not a whole number`;
  }
  for (let sample = 0; sample < ROW_SAMPLES; sample++) {
    const cell = sampleCells[sample];
    const value = numberOf(cells[cell]);
    if (!isSample(value)) return `cell ${cell + 1} ${fault(cells[cell], value)}`;
    samples[sample] = Math.min(1, Math.max(0, value));
  }
  if (isFlat(samples)) return flatLine(samples);
  return labelCell === NONE ? NO_LABEL : labelOf(cells[labelCell], hasCapitals);
}

export function isFlat(samples: Float32Array): boolean {
  const first = samples[0];
  let low = first;
  let high = first;
  for (let at = 1; at < ROW_SAMPLES && high - low < FLAT; at++) {
    if (samples[at] < low) low = samples[at];
    else if (samples[at] > high) high = samples[at];
  }
  return high - low < FLAT;
}

export const flatLine = ([first]: Float32Array): string =>
  `all samples are within ${FLAT} of each other (${Number(first.toPrecision(3))}): a flat line is no beat`;

/** Why a line of so many cells is no row; `layout` is null as long as it is not known. */
export const wrongWidth = (cells: number, layout: Layout | null): string =>
  `${countOf(cells)}, where ${layout ? `this file's rows have ${layout.width}` : `a row has ${ROW_SAMPLES} samples`}`;

const countOf = (cells: number): string => `${cells} cell${cells === 1 ? "" : "s"}`;

/** A label as a number or as a letter, NO_LABEL where the cell is empty. */
function labelOf(text: string, hasCapitals: boolean): number | string {
  if (text === "") return NO_LABEL;
  if (text === "f" && hasCapitals) return 'the label is "f", which is class Q in MIT-BIH\'s symbols: write Q or F';
  const label = classOf(text);
  return label === NO_LABEL ? `the label is ${shown(text)}, not one of 0 to 4 or ${BEAT_CLASSES.join(", ")}` : label;
}

function fault(text: string, value: number): string {
  if (text === "") return "is empty";
  if (/^[+-]?(nan|na|null|none|inf|infinity|\?)$/i.test(text)) return `has no value (${text})`;
  if (Number.isNaN(value)) return `is ${shown(text)}, not a number`;
  return `is ${shown(text, false)}, outside 0 to 1: scale rows as Kaggle's are`;
}
