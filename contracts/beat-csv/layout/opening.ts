import { BedsideError } from "../../errors.ts";
import { ROW_SAMPLES } from "../format.ts";
import { cellCount, cellsOf, COMMA, countSeparators, separatorOf, SPACE } from "../separators.ts";
import { partsOf, type UnnamedRow } from "./columns.ts";
import { isHeader, type Named, named } from "./header.ts";
import { type Layout, layoutOf, type Parts } from "./layout.ts";
import { Strays } from "./recording.ts";

/** Rows that are looked at before any is taken. */
const ROWS = 64;
/** Lines that are no rows, from which on no row is looked for. */
const MAX_STRAYS = 1000;
/** Cells of a row with all that may stand beside a beat. */
const MAX_WIDTH = ROW_SAMPLES + 64;
const HASH = 35;

/** A line that waits for the layout; of one that is no row, the number of its cells, or why it was not cut into cells. */
export interface HeldLine {
  readonly row: number;
  readonly held: Uint8Array | number | string;
}

/** A file's begin, held until its rows tell how they are laid out. Throws BAD_CSV for a file that they do not tell of. */
export class Opening {
  readonly held: HeldLine[] = [];
  private readonly strays = new Strays();
  private separator: number | null = null;
  private header: readonly string[] | null = null;
  private named: Named | null = null;
  private rows: UnnamedRow[] = [];

  get hasHeader(): boolean {
    return this.header !== null;
  }

  /** Takes a line, and tells whether it is time to settle the layout. */
  add(row: number, bytes: Uint8Array, start: number, end: number): boolean {
    const counts = countSeparators(bytes, start, end);
    const separator = this.separator ?? separatorOf(counts, bytes, start, end);
    const counted = cellCount(counts, separator);
    const cells = counted <= MAX_WIDTH ? cellsOf(bytes.subarray(start, end), separator) : null;
    const count = cells?.length ?? counted;
    if (!cells || count < ROW_SAMPLES) {
      this.strays.add(row, count, cells, bytes.subarray(start, end));
      return this.refuse(row, count);
    }
    this.separator = separator;
    if (this.header === null && this.rows.length === 0) {
      const names = namesOf(cells, bytes, start, end, separator);
      if (isHeader(names)) {
        this.header = names;
        this.named = named(names);
        return false;
      }
    }
    this.held.push({ row, held: bytes.slice(start, end + 1) });
    this.rows.push({ row, cells });
    const isNamed = this.named !== null && "parts" in this.named && count === this.header?.length;
    return isNamed || this.rows.length >= ROWS;
  }

  /** The same for a line that was not kept, but for its head. */
  tooLong(row: number, head: Uint8Array, reason: string): boolean {
    this.strays.addTooLong(row, head);
    return this.refuse(row, reason);
  }

  /** The layout, null where nothing but a header or nothing at all has come. */
  settle(): Layout | null {
    const { rows, header, separator } = this;
    if (rows.length > 0) return this.layout(usualWidth(rows), separator ?? COMMA);
    if (this.held.length > 0 && header === null) throw new BedsideError("BAD_CSV", this.strays.refusal());
    return null;
  }

  private refuse(row: number, held: number | string): boolean {
    this.held.push({ row, held });
    if (this.held.length < MAX_STRAYS) return false;
    if (this.rows.length === 0) throw new BedsideError("BAD_CSV", this.strays.refusal());
    return true;
  }

  private layout(width: number, separator: number): Layout {
    const { header, named: found } = this;
    let places: readonly number[] = Array.from({ length: width }, (_, cell) => cell);
    let parts: Parts | null = null;
    if (found && header?.length === width) {
      if ("refusal" in found) throw new BedsideError("BAD_CSV", found.refusal);
      if ("parts" in found) parts = found.parts;
      else places = found.unnamed;
    }
    if (!parts) {
      if (places.length > ROW_SAMPLES + 2) {
        throw new BedsideError(
          "BAD_CSV",
          `rows have ${width} cells and no header that tells which are the ${ROW_SAMPLES} samples`,
        );
      }
      const rows = this.rows.filter(({ cells }) => cells.length === width);
      const chosen = rows.map(({ row, cells }) => ({ row, cells: places.map((place) => cells[place]) }));
      const told = partsOf(chosen, places, header?.length === width - 1);
      if ("refusal" in told) throw new BedsideError("BAD_CSV", told.refusal);
      parts = told;
    }
    return layoutOf(parts, separator, width);
  }
}

/** A header's cells; NumPy writes it behind a #. */
function namesOf(cells: string[], bytes: Uint8Array, start: number, end: number, separator: number): string[] {
  let at = start;
  while (at < end && bytes[at] <= SPACE) at++;
  return bytes[at] === HASH && at + 1 < end ? cellsOf(bytes.subarray(at + 1, end), separator) : cells;
}

/** The number of cells that most rows have; of equal ones the first. */
function usualWidth(rows: readonly UnnamedRow[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  const most = Math.max(...counts.values());
  for (const [width, count] of counts) if (count === most) return width;
  return ROW_SAMPLES;
}
