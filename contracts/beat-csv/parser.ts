import { BedsideError } from "../errors.ts";
import { cellsOf, parseCells, wrongWidth } from "./careful-row.ts";
import { TextBytes, Utf8Stream } from "./encoding.ts";
import { NOT_PLAIN, parseFast } from "./fast-row.ts";
import { BEAT_CSV_LIMITS, type BeatCsvLimits, type BeatCsvParser, type BeatCsvSink, ROW_SAMPLES } from "./format.ts";
import { countSeparators, isHeader, type Layout, layoutOf, separatorOf } from "./layout.ts";
import { LineSplitter } from "./lines.ts";

const SPACE = 32;

/** Parses one file of beats; README.md tells what is taken. What it finds goes to `sink` in the order of the file. */
export function createBeatCsvParser(sink: BeatCsvSink, limits: BeatCsvLimits = BEAT_CSV_LIMITS): BeatCsvParser {
  return new Parser(sink, limits);
}

interface HeldRow {
  readonly row: number;
  readonly cells: readonly string[];
}

class Parser implements BeatCsvParser {
  readonly counts = { bytes: 0, rows: 0, rejected: 0 };
  private readonly text = new TextBytes();
  private readonly lines: LineSplitter;
  private readonly decoded: Utf8Stream;
  private readonly samples = new Float32Array(ROW_SAMPLES);
  private readonly maxLine: string;
  private separator: number | null = null;
  private header: readonly string[] | null = null;
  private layout: Layout | null = null;
  /** A first row that does not tell the layout by itself. */
  private held: HeldRow | null = null;

  constructor(
    private readonly sink: BeatCsvSink,
    private readonly limits: BeatCsvLimits,
  ) {
    this.maxLine = `the line is longer than ${limits.maxLineBytes.toLocaleString("en")} bytes`;
    this.lines = new LineSplitter(
      {
        line: (row, bytes, start, end) => this.line(row, bytes, start, end),
        tooLong: (row) => {
          this.decide("none");
          this.refuse(row, this.maxLine);
        },
      },
      limits.maxLineBytes,
    );
    this.decoded = new Utf8Stream((bytes) => this.lines.push(bytes));
  }

  push(chunk: Uint8Array | string): void {
    const bytes = typeof chunk === "string" ? this.text.encode(chunk) : chunk;
    const room = this.limits.maxBytes - this.counts.bytes;
    const taken = bytes.length > room ? bytes.subarray(0, room) : bytes;
    this.counts.bytes += taken.length;
    this.decoded.push(taken);
    if (taken.length === bytes.length) return;
    const most = this.limits.maxBytes.toLocaleString("en");
    throw new BedsideError("TOO_LARGE", `the file has more than ${most} bytes: give it in parts`);
  }

  end(): void {
    this.push(this.text.end());
    this.decoded.end();
    this.lines.end();
    this.decide("none");
    const { bytes, rows, rejected } = this.counts;
    if (rows + rejected > 0) return;
    const what = bytes === 0 ? "is empty" : this.header ? "has a header and no rows" : "has no rows";
    throw new BedsideError("BAD_CSV", `the file ${what}: give one beat a line`);
  }

  private line(row: number, bytes: Uint8Array, start: number, end: number): void {
    if (this.layout) return this.row(row, bytes, start, end, this.layout);
    if (isBlank(bytes, start, end)) return;
    const counts = countSeparators(bytes, start, end);
    const separator = this.separator ?? separatorOf(counts);
    const found = counts.get(separator) ?? 0;
    if (found < ROW_SAMPLES - 1 || found > ROW_SAMPLES + 1) {
      this.decide("none");
      return this.refuse(row, wrongWidth(found + 1));
    }
    this.separator = separator;
    const cells = cellsOf(bytes.subarray(start, end), separator);
    if (this.held) {
      this.decide(cells);
      return this.careful(row, cells);
    }
    if (!this.header && isHeader(cells)) {
      this.header = cells;
      return;
    }
    this.held = { row, cells };
    this.decide(null);
  }

  /** Settles the layout by the held row and what is known of the one behind it, and takes the held row. */
  private decide(next: readonly string[] | null | "none"): void {
    if (!this.held || this.separator === null) return;
    this.layout = layoutOf(this.held.cells, this.separator, this.header, next);
    if (!this.layout) return;
    const { row, cells } = this.held;
    this.held = null;
    this.careful(row, cells);
  }

  private row(row: number, bytes: Uint8Array, start: number, end: number, layout: Layout): void {
    const label = parseFast(bytes, start, end, layout, this.samples);
    if (label !== NOT_PLAIN) return this.take(row, label);
    if (isBlank(bytes, start, end)) return;
    this.careful(row, cellsOf(bytes.subarray(start, end), layout.separator));
  }

  private careful(row: number, cells: readonly string[]): void {
    if (!this.layout) return this.refuse(row, wrongWidth(cells.length));
    const label = parseCells(cells, this.layout, this.samples);
    if (typeof label === "string") this.refuse(row, label);
    else this.take(row, label);
  }

  private take(row: number, label: number): void {
    this.makeRoom();
    this.counts.rows++;
    this.sink.row(row, this.samples, label);
  }

  private refuse(row: number, reason: string): void {
    this.makeRoom();
    this.counts.rejected++;
    this.sink.rejected(row, reason);
  }

  private makeRoom(): void {
    if (this.counts.rows + this.counts.rejected < this.limits.maxRows) return;
    const most = this.limits.maxRows.toLocaleString("en");
    throw new BedsideError("TOO_LARGE", `the file has more than ${most} rows: give it in parts`);
  }
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] > SPACE) return false;
  return true;
}
