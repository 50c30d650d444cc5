import { isLabel, isSample, isWhole, isWord, numberOf, provesLabel, shown } from "../cells.ts";
import { ROW_SAMPLES } from "../format.ts";
import { cellsFrom, NONE, type Parts } from "./layout.ts";

/** A row of the file as its line and those of its cells that are to be told apart. */
export interface UnnamedRow {
  readonly row: number;
  readonly cells: readonly string[];
}

export type Told = Parts | { readonly refusal: string };

/** Rows from which a habit of a column is believed. */
const ENOUGH_ROWS = 8;
const FEW_ROWS = 3;
/** Labels are whole numbers up to here; an index goes on. */
const MAX_LABEL = 4;
/** Up to so many decimals, numbers of one source have as many in each column; beyond, their last digits come and go. */
const ROUNDED_DECIMALS = 8;
const DECIMALS_APART = 3;
const SCIENTIFIC = /^\d\.\d{18}e[+-]\d\d$/;
const NAME_THEM = "name the columns in a header (label, id, time …)";

/**
 * What the columns are, by the rows alone: samples; samples and a label behind them; a whole number that is an index, and
 * samples; index, samples, label. All that could be read in another way too is refused: a row that is read shifted by one
 * is still a row.
 * @param rows of as many cells each as `places`, ROW_SAMPLES to ROW_SAMPLES + 2
 * @param places the cells' places in the file, from 0
 * @param isIndexUsual the header has a name less than the rows have cells, as R writes it
 */
export function partsOf(rows: readonly UnnamedRow[], places: readonly number[], isIndexUsual: boolean): Told {
  const beats = rows.filter(({ cells }) => isBeat(cells));
  const last = places.length - 1;
  const parts = (first: number, label: number, index: number, isProven: boolean): Parts => ({
    sampleCells: cellsFrom(first).map((cell) => places[cell]),
    labelCell: label === NONE ? NONE : places[label],
    indexCell: index === NONE ? NONE : places[index],
    isProven,
  });
  const refuse = (column: number, why: string): Told => ({ refusal: `column ${places[column] + 1} ${why}` });
  const foreign = (column: number, { row, cells }: UnnamedRow, what: string): Told =>
    refuse(
      column,
      `has no name, and is no ${what} (${shown(cells[column])} in line ${row}): ${NAME_THEM}, or delete it`,
    );

  if (places.length === ROW_SAMPLES) {
    const odd = [0, last].find((column) => isLabelColumn(beats, column));
    return odd === undefined
      ? parts(0, NONE, NONE, true)
      : refuse(odd, `holds whole numbers alone, which leaves ${ROW_SAMPLES - 1} samples: a row has ${ROW_SAMPLES}`);
  }
  const isProven = beats.some(({ cells }) => provesLabel(cells[last]));
  const first = places.length - ROW_SAMPLES - 1;
  if (first === 1) {
    const other = beats.filter(({ cells }) => !isWhole(cells[0]));
    if (4 * other.length > beats.length) return foreign(0, other[0], "whole number");
    if (isLabelColumn(beats, 0)) return refuse(0, `may be an index or a label: ${NAME_THEM}`);
  } else if (!isProven && beats.length > 0 && beats.every(({ cells }) => isWhole(cells[0]))) {
    const numbers = beats.map(({ cells }) => numberOf(cells[0]));
    const isRising = numbers.length > 1 && numbers.every((number, at) => at === 0 || number === numbers[at - 1] + 1);
    const isPlain = beats.every(({ cells }) => /^\d+$/.test(cells[0]));
    const highest = Math.max(...numbers);
    if (isIndexUsual || highest > MAX_LABEL || (isRising && (isPlain || highest > 1))) return parts(1, NONE, 0, true);
    if (highest > 1) return refuse(0, `holds whole numbers alone and may be a label or an index: ${NAME_THEM}`);
  }
  const unlabelled = beats.filter(({ cells }) => !isLabel(cells[last]));
  if (2 * unlabelled.length > beats.length) return foreign(last, unlabelled[0], "label");
  const doubt = doubtOf(beats, first, isProven);
  if (doubt) return typeof doubt === "string" ? refuse(first, doubt) : foreign(first, doubt, "sample");
  const between = isProven ? undefined : unlabelled.find(({ cells }) => isSample(numberOf(cells[last])));
  return between ? foreign(last, between, "label") : parts(first, last, first === 1 ? 0 : NONE, isProven);
}

/** Why the column at `first` may be no sample: the row that shows it, or in words; null where nothing speaks for it. */
function doubtOf(beats: readonly UnnamedRow[], first: number, isProven: boolean): UnnamedRow | string | null {
  if (beats.length === 0) return null;
  const words = beats.filter(({ cells }) => isWord(cells[first]));
  const beyond = beats.filter(({ cells }) => isBeyond(cells[first]));
  const most = beats.length / 2;
  if (words.length > most || beyond.length > (isProven ? most : 0)) return [...beyond, ...words][0];
  if (isProven) return null;
  const values = beats.map(({ cells }) => numberOf(cells[first]));
  if (values.every((value) => value === 0 || value === 1)) {
    // The head of Kaggle's own test set is such a row.
    const [{ cells }] = beats;
    if (beats.length === 1 && [cells[first], cells[cells.length - 1]].every((cell) => SCIENTIFIC.test(cell)))
      return null;
    return `holds 0 and 1 alone and may be a label or the first sample: ${NAME_THEM}`;
  }
  if (isTime(values)) return `rises from row to row, as a time does, and may be no sample: ${NAME_THEM}`;
  if (!isWrittenAlike(beats, first)) return `is not written as the samples are, and may be none: ${NAME_THEM}`;
  return null;
}

/** Rises by equal steps, or over many rows by any. */
function isTime(values: readonly number[]): boolean {
  const steps = values.slice(1).map((value, at) => value - values[at]);
  const isEven = steps.every((step) => Math.abs(step - steps[0]) < 1e-9);
  return steps.length > 0 && steps.every((step) => step > 0) && values.length >= (isEven ? FEW_ROWS : ENOUGH_ROWS);
}

/** Whether the numbers of this column and of the next one are of one form, and have as many decimals, as far as that can be told. */
function isWrittenAlike(beats: readonly UnnamedRow[], column: number): boolean {
  const [own, next] = [column, column + 1].map((at) => beats.map(({ cells }) => cells[at]));
  const isScientific = (cell: string): boolean => SCIENTIFIC.test(cell);
  if (next.every(isScientific) !== own.every(isScientific)) return false;
  const [ownDecimals, nextDecimals] = [own, next].map((cells) => {
    // Of numbers above 0.1, since those below it may have more.
    const fractions = cells.flatMap((cell) => /^0?[.,]([1-9]\d*)$/.exec(cell)?.[1].length ?? []);
    return { most: Math.max(...fractions), rows: fractions.length };
  });
  const rows = Math.min(ownDecimals.rows, nextDecimals.rows);
  const apart = Math.abs(ownDecimals.most - nextDecimals.most);
  if (Math.max(ownDecimals.most, nextDecimals.most) <= ROUNDED_DECIMALS) return rows < FEW_ROWS || apart === 0;
  return rows < ENOUGH_ROWS || apart < DECIMALS_APART;
}

/** A row whose inner cells, samples in whichever way it is read, are such and no flat line. */
function isBeat(cells: readonly string[]): boolean {
  const inner = cells.slice(2, Math.min(ROW_SAMPLES, cells.length - 1)).map(numberOf);
  return inner.every(isSample) && inner.some((value) => value !== inner[0]);
}

/** Whole numbers of which some are no samples, or, over many rows, 0 and 1 both. */
function isLabelColumn(beats: readonly UnnamedRow[], column: number): boolean {
  if (beats.length < 2 || !beats.every(({ cells }) => isWhole(cells[column]))) return false;
  const numbers = beats.map(({ cells }) => numberOf(cells[column]));
  const highest = Math.max(...numbers);
  if (highest > MAX_LABEL) return false;
  const isRepeated = new Set(numbers).size < numbers.length;
  return isRepeated && (highest > 1 || (numbers.includes(0) && numbers.includes(1) && numbers.length >= ENOUGH_ROWS));
}

const isBeyond = (text: string): boolean => {
  const value = numberOf(text);
  return !Number.isNaN(value) && !isSample(value);
};
