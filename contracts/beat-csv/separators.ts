import { isDigit } from "./fast-number.ts";
import { ROW_SAMPLES } from "./format.ts";

export const COMMA = 44;
export const SPACE = 32;
const SEMICOLON = 59;
const TAB = 9;
const QUOTE = 34;

const decoder = new TextDecoder();

/** How many of each separator a line has outside of quotes; of spaces, runs between cells. */
export interface SeparatorCounts {
  readonly comma: number;
  readonly semicolon: number;
  readonly tab: number;
  /** Not beside another separator, where it is decoration. */
  readonly space: number;
}

export function countSeparators(bytes: Uint8Array, start: number, end: number): SeparatorCounts {
  let [comma, semicolon, tab, space] = [0, 0, 0, 0];
  let quoted = false;
  let inGap = false;
  let isBehindCell = false;
  for (let at = start; at < end; at++) {
    const code = bytes[at];
    if (code === QUOTE) quoted = !quoted;
    if (quoted && code !== QUOTE) continue;
    if (code === SPACE) {
      inGap = isBehindCell;
    } else if (code === COMMA || code === SEMICOLON || code === TAB) {
      if (code === COMMA) comma++;
      else if (code === SEMICOLON) semicolon++;
      else tab++;
      inGap = false;
      isBehindCell = false;
    } else {
      if (inGap) space++;
      inGap = false;
      isBehindCell = true;
    }
  }
  return { comma, semicolon, tab, space };
}

/**
 * The separator of a line: tab before semicolon before comma among those that are there at least half as often as the
 * most frequent one, since 0,5;0,4 has more decimal commas than separators. Spaces where a row's cells come of them
 * alone, or where the commas are within its numbers.
 */
export function separatorOf(counts: SeparatorCounts, bytes: Uint8Array, start: number, end: number): number {
  const { comma, semicolon, tab, space } = counts;
  const most = Math.max(comma, semicolon, tab);
  if (tab > 0 && 2 * tab >= most) return TAB;
  if (semicolon > 0 && 2 * semicolon >= most) return SEMICOLON;
  if (space < ROW_SAMPLES - 1) return COMMA;
  return comma < ROW_SAMPLES - 1 || commasAreDecimal(bytes, start, end) ? SPACE : COMMA;
}

/** Whether each comma of a line stands between two digits of a number, and nothing in it is a name. */
function commasAreDecimal(bytes: Uint8Array, start: number, end: number): boolean {
  let inNumber = false;
  for (let at = start; at < end; at++) {
    const code = bytes[at];
    if (code === SPACE) inNumber = false;
    else if (code === COMMA) {
      if (inNumber || at === start || !isDigit(bytes[at - 1]) || !isDigit(bytes[at + 1])) return false;
      inNumber = true;
    }
  }
  return true;
}

/** Cells of a line with such counts. */
export function cellCount({ comma, semicolon, tab, space }: SeparatorCounts, separator: number): number {
  if (separator === SPACE) return space + 1;
  return 1 + (separator === COMMA ? comma : separator === SEMICOLON ? semicolon : tab);
}

/** A line's cells without quotes and spaces around them. A quote that is not closed goes to the line's end. */
export function cellsOf(line: Uint8Array, separator: number): string[] {
  const text = decoder.decode(line);
  const mark = String.fromCharCode(separator);
  if (!text.includes('"')) {
    return separator === SPACE ? text.trim().split(/ +/) : text.split(mark).map((cell) => cell.trim());
  }
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  let isBegun = false;
  for (const character of separator === SPACE ? text.trim() : text) {
    if (character === '"') quoted = !quoted;
    else if (character !== mark || quoted) cell += character;
    else if (separator !== SPACE || isBegun) {
      cells.push(cell.trim());
      cell = "";
      isBegun = false;
      continue;
    }
    isBegun ||= character !== mark || quoted;
  }
  return [...cells, cell.trim()];
}
