import { BedsideError } from "../errors.ts";
import { flatLine, isFlat, parseCells, wrongWidth } from "./careful-row.ts";
import { isLabel, isSample, numberOf, shown } from "./cells.ts";
import { TextBytes, Utf8Stream } from "./encoding.ts";
import { NOT_PLAIN, parseFast } from "./fast-row.ts";
import { BEAT_CSV_LIMITS, type BeatCsvLimits, type BeatCsvParser, type BeatCsvSink, ROW_SAMPLES } from "./format.ts";
import { type Layout, NONE } from "./layout/layout.ts";
import { Opening } from "./layout/opening.ts";
import { LineSplitter } from "./lines.ts";
import { cellCount, cellsOf, countSeparators } from "./separators.ts";

const CAPITAL = /^[NSVFQ]$/;

/** Parses one file of beats; README.md tells what is taken. What it finds goes to `sink` in the order of the file. */
export function createBeatCsvParser(sink: BeatCsvSink, limits: BeatCsvLimits = BEAT_CSV_LIMITS): BeatCsvParser {
  return new Parser(sink, limits);
}

class Parser implements BeatCsvParser {
  readonly counts = { bytes: 0, rows: 0, rejected: 0 };
  private readonly text = new TextBytes();
  private readonly lines: LineSplitter;
  private readonly decoded: Utf8Stream;
  private readonly samples = new Float32Array(ROW_SAMPLES);
  private readonly maxLine: string;
  private opening: Opening | null = new Opening();
  private layout: Layout | null = null;
  /** A row has shown that the last column is the label. */
  private isProven = false;
  /** Labels of the file are capital letters. */
  private hasCapitals = false;
  private firstRefusal = "";

  constructor(
    private readonly sink: BeatCsvSink,
    private readonly limits: BeatCsvLimits,
  ) {
    this.maxLine = `the line is longer than ${limits.maxLineBytes.toLocaleString("en")} bytes`;
    this.lines = new LineSplitter(
      {
        line: (row, bytes, start, end) => this.line(row, bytes, start, end),
        tooLong: (row, head) => {
          if (!this.opening) return this.refuse(row, this.maxLine);
          if (this.opening.tooLong(row, head, this.maxLine)) this.settle();
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
    try {
      this.decoded.push(taken);
    } catch (error) {
      // What came before it is told first; that, too, may be no file of beats.
      this.settle();
      throw error;
    }
    if (taken.length === bytes.length) return;
    this.settle();
    const most = this.limits.maxBytes.toLocaleString("en");
    throw new BedsideError("TOO_LARGE", `the file has more than ${most} bytes: give it in parts`);
  }

  end(): void {
    this.push(this.text.end());
    this.decoded.end();
    this.lines.end();
    const hasHeader = this.opening?.hasHeader ?? false;
    this.settle();
    const { bytes, rows, rejected } = this.counts;
    if (rows > 0) return;
    if (rejected > 0) throw this.unusable();
    const what = bytes === 0 ? "is empty" : hasHeader ? "has a header and no rows" : "has no rows";
    throw new BedsideError("BAD_CSV", `the file ${what}: give one beat a line`);
  }

  private line(row: number, bytes: Uint8Array, start: number, end: number): void {
    if (this.layout) this.row(row, bytes, start, end, this.layout);
    else if (this.opening?.add(row, bytes, start, end)) this.settle();
  }

  /** Settles the layout by what has come, and takes the lines that waited for it. */
  private settle(): void {
    const { opening } = this;
    if (!opening) return;
    this.opening = null;
    this.layout = opening.settle();
    this.isProven = this.layout?.isProven ?? false;
    for (const { row, held } of opening.held) {
      if (typeof held === "string") this.refuse(row, held);
      else if (typeof held === "number") this.refuse(row, wrongWidth(held, this.layout));
      else if (this.layout) this.row(row, held, 0, held.length - 1, this.layout);
    }
  }

  private row(row: number, bytes: Uint8Array, start: number, end: number, layout: Layout): void {
    const label = parseFast(bytes, start, end, layout, this.samples);
    if (label === NOT_PLAIN) return this.careful(row, bytes, start, end, layout);
    if (isFlat(this.samples)) return this.refuse(row, flatLine(this.samples));
    this.take(row, label);
  }

  private careful(row: number, bytes: Uint8Array, start: number, end: number, layout: Layout): void {
    const count = cellCount(countSeparators(bytes, start, end), layout.separator);
    if (count !== layout.width) return this.refuse(row, wrongWidth(count, layout));
    const cells = cellsOf(bytes.subarray(start, end), layout.separator);
    const label = parseCells(cells, layout, this.samples, this.hasCapitals);
    if (typeof label === "string") {
      if (!this.isProven && cells.length === layout.width) contradict(row, cells, layout);
      return this.refuse(row, label);
    }
    if (layout.labelCell !== NONE && CAPITAL.test(cells[layout.labelCell])) this.hasCapitals = this.isProven = true;
    this.take(row, label);
  }

  private take(row: number, label: number): void {
    this.makeRoom();
    if (label > 1) this.isProven = true;
    this.counts.rows++;
    this.sink.row(row, this.samples, label);
  }

  private refuse(row: number, reason: string): void {
    this.makeRoom();
    if (this.counts.rejected++ === 0) this.firstRefusal = `line ${row}: ${reason}`;
    this.sink.rejected(row, reason);
  }

  private makeRoom(): void {
    const { rows, rejected } = this.counts;
    if (rows + rejected < this.limits.maxRows) return;
    if (rows === 0) throw this.unusable();
    const most = this.limits.maxRows.toLocaleString("en");
    throw new BedsideError("TOO_LARGE", `the file has more than ${most} rows: give it in parts`);
  }

  private unusable(): BedsideError {
    const { rejected } = this.counts;
    const rows = rejected === 1 ? "its one row" : `all of its ${rejected.toLocaleString("en")} rows`;
    return new BedsideError(
      "BAD_CSV",
      `no row of the file could be taken: ${rows} were refused (${this.firstRefusal})`,
    );
  }
}

/**
 * Where labels and samples were taken to be what they are in Kaggle's files, and no row has proved it yet, a row that is
 * right but for its first sample or its label says that they are something else. Throws BAD_CSV.
 */
function contradict(row: number, cells: readonly string[], { sampleCells, labelCell }: Layout): void {
  const wrong = sampleCells.filter((cell) => !isSample(numberOf(cells[cell])));
  const [first] = sampleCells;
  let odd = NONE;
  if (wrong.length === 1 && wrong[0] === first && !Number.isNaN(numberOf(cells[first]))) odd = first;
  if (wrong.length === 0 && labelCell !== NONE && isBetweenLabels(cells[labelCell])) odd = labelCell;
  if (odd === NONE) return;
  const what = odd === first ? "sample" : "label";
  throw new BedsideError(
    "BAD_CSV",
    `column ${odd + 1} has no name, and is no ${what} (${shown(cells[odd])} in line ${row}): name the columns in a header (label, id, time …), or delete it`,
  );
}

const isBetweenLabels = (text: string): boolean => isSample(numberOf(text)) && !isLabel(text);
