import { RECORDING_REMEDY } from "../file-kind.ts";
import { ROW_SAMPLES } from "../format.ts";

/** Columns that a recording has at most: twelve leads, times, counters. */
const MAX_COLUMNS = 32;
/** Numbers in one line that are no beat, but a whole lead. */
const LEAD_SAMPLES = 2 * ROW_SAMPLES;
const FEWEST_LINES = 8;
const LOOKED_AT = 200;
/** A number, a time of day, a date: digits with what stands between them. */
const FIGURE = /^[+-]?[\d.,:/ TZ+-]*\d(e[+-]?\d+)?Z?$/i;

/** Looks at lines that are no rows, for what their file is. */
export class Strays {
  private lines = 0;
  private figures = 0;
  private leads = 0;
  private first = "";

  /** @param cells null of a line that was not cut, since it has too many */
  add(row: number, count: number, cells: readonly string[] | null, bytes: Uint8Array): void {
    if (this.lines++ === 0) this.first = `line ${row} has ${count}`;
    if (count > LEAD_SAMPLES) this.leads += Number(beginsWithFigures(bytes));
    else if (cells && count <= MAX_COLUMNS) this.figures += Number(areFigures(cells));
  }

  addTooLong(row: number, head: Uint8Array): void {
    if (this.lines++ === 0) this.first = `line ${row} is too long`;
    this.leads += Number(beginsWithFigures(head));
  }

  /** What a file of such lines is, and what to do. */
  refusal(): string {
    const { lines, figures, leads, first } = this;
    if (figures >= FEWEST_LINES && 2 * figures > lines) {
      return `this is a continuous recording (samples line by line), ${RECORDING_REMEDY}`;
    }
    if (2 * leads > lines) return `this looks like a continuous recording (a lead in one line), ${RECORDING_REMEDY}`;
    return `no line has the ${ROW_SAMPLES} cells of a beat (${first}): give one beat a line, ${ROW_SAMPLES} samples from 0 to 1 at 125 Hz`;
  }
}

const areFigures = (cells: readonly string[]): boolean =>
  cells.every((cell) => cell === "" || FIGURE.test(cell)) && cells.some((cell) => cell !== "");

/** Whether most of a line's first bytes are digits and what stands between them. */
function beginsWithFigures(bytes: Uint8Array): boolean {
  const text = new TextDecoder("latin1").decode(bytes.subarray(0, LOOKED_AT));
  return 2 * (text.match(/\d/g)?.length ?? 0) > text.length;
}
