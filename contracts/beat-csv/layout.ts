import { ROW_SAMPLES } from "./format.ts";

/** How the rows of a file are laid out. */
export interface Layout {
  /** Character code of the separator: , ; or tab. */
  readonly separator: number;
  /** The first cell is the row's index. */
  readonly hasIndex: boolean;
  /** The last cell is the row's label. */
  readonly hasLabel: boolean;
}

export const COMMA = 44;
const SEMICOLON = 59;
const TAB = 9;
const QUOTE = 34;

const INDEX_NAME = /^(|index|idx|id|row|no\.?|nr\.?|#|unnamed: 0)$/i;
const WHOLE = /^\d+$/;
const NUMBER_OR_EMPTY = /^([+-]?(\d+[.,]?\d*|[.,]\d+)(e[+-]?\d+)?|)$/i;
const LABEL = /^([0-4]([.,]0*)?(e[+-]?0+)?|[NSVFQ]|)$/i;

export const widthOf = ({ hasIndex, hasLabel }: Layout): number => ROW_SAMPLES + Number(hasIndex) + Number(hasLabel);

/** Separators of a line outside of quotes, by their character code. */
export function countSeparators(bytes: Uint8Array, start: number, end: number): ReadonlyMap<number, number> {
  let [commas, semicolons, tabs] = [0, 0, 0];
  let quoted = false;
  for (let at = start; at < end; at++) {
    const code = bytes[at];
    if (code === QUOTE) quoted = !quoted;
    else if (quoted) continue;
    else if (code === COMMA) commas++;
    else if (code === SEMICOLON) semicolons++;
    else if (code === TAB) tabs++;
  }
  return new Map([
    [TAB, tabs],
    [SEMICOLON, semicolons],
    [COMMA, commas],
  ]);
}

/**
 * The separator of a line: tab before semicolon before comma among those that are there at least half as often as the
 * most frequent one, since 0,5;0,4 has more decimal commas than separators.
 */
export function separatorOf(counts: ReadonlyMap<number, number>): number {
  const most = Math.max(...counts.values());
  for (const [separator, count] of counts) if (most > 0 && 2 * count >= most) return separator;
  return COMMA;
}

/** A line of names, or of the numbers 0, 1, 2 … that stand for names, in place of samples. */
export function isHeader(cells: readonly string[]): boolean {
  if (cells.length < ROW_SAMPLES || cells.length > ROW_SAMPLES + 2) return false;
  const inner = cells.slice(1, -1);
  const texts = inner.filter((cell) => !NUMBER_OR_EMPTY.test(cell) && !/^[+-]?(nan|inf|infinity)$/i.test(cell));
  if (2 * texts.length > inner.length) return true;
  return inner.every((cell, at) => WHOLE.test(cell) && (at === 0 || Number(cell) === Number(inner[at - 1]) + 1));
}

/**
 * The layout that a file's first row of data tells, null where it takes the next one too: a row of 188 cells has a
 * label at its end or an index at its begin.
 */
export function layoutOf(
  cells: readonly string[],
  separator: number,
  header: readonly string[] | null,
  next: readonly string[] | null | "none",
): Layout | null {
  const layout = (hasIndex: boolean, hasLabel: boolean): Layout => ({ separator, hasIndex, hasLabel });
  if (cells.length !== ROW_SAMPLES + 1) {
    const both = cells.length === ROW_SAMPLES + 2;
    return layout(both, both);
  }
  const hasIndex = header ? headerHasIndex(header) : rowHasIndex(cells, next);
  return hasIndex === null ? null : layout(hasIndex, !hasIndex);
}

/** Of a file whose rows have 188 cells; R leaves the index column without a name. */
const headerHasIndex = (header: readonly string[]): boolean =>
  header.length === ROW_SAMPLES || (INDEX_NAME.test(header[0]) && !INDEX_NAME.test(header[1]));

function rowHasIndex(cells: readonly string[], next: readonly string[] | null | "none"): boolean | null {
  const [first] = cells;
  if (!WHOLE.test(first)) return false;
  // No sample is above 1, and no label looks like one.
  if (Number(first) > 1 || !LABEL.test(cells[ROW_SAMPLES])) return true;
  if (next === null) return null;
  if (next === "none" || next.length !== cells.length || !WHOLE.test(next[0])) return false;
  return Number(next[0]) > 1 || Number(next[0]) === Number(first) + 1;
}
