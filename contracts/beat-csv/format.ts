/** Samples of a row, at 125 Hz. */
export const ROW_SAMPLES = 187;

/** What one file may have. A line that is too long is refused as a row; too many bytes or rows end the file. */
export interface BeatCsvLimits {
  readonly maxBytes: number;
  /** Rows taken and refused together. */
  readonly maxRows: number;
  /** Bytes of a line, in UTF-8. */
  readonly maxLineBytes: number;
}

/** Kaggle's training file has 87,554 rows in 411 MB; its lines are 4.7 KB. */
export const BEAT_CSV_LIMITS: BeatCsvLimits = {
  maxBytes: 512 * 1024 * 1024,
  maxRows: 250_000,
  maxLineBytes: 64 * 1024,
};

/** Index of a row's label in BEAT_CLASSES, or NO_LABEL. */
export const NO_LABEL = -1;

/** Takes what the parser finds, in the order of the file. Rows are the file's lines, from 1. */
export interface BeatCsvSink {
  /**
   * @param samples ROW_SAMPLES values from 0 to 1 in the parser's own memory, overwritten by the next row: copy them
   * @param label 0 to 4 (N S V F Q), or NO_LABEL
   */
  row(row: number, samples: Float32Array, label: number): void;
  /** A row that is not taken, and why. */
  rejected(row: number, reason: string): void;
}

/** How many there were. */
export interface BeatCsvCounts {
  readonly bytes: number;
  readonly rows: number;
  readonly rejected: number;
}

/** Parses a file as its pieces come. After an error, or after `end`, it takes no more. */
export interface BeatCsvParser {
  /** What was met so far. */
  readonly counts: BeatCsvCounts;
  /** The next bytes (or text) of the file, cut anywhere. Throws BAD_CSV (not text) or TOO_LARGE. */
  push(chunk: Uint8Array | string): void;
  /** The file is over. Throws BAD_CSV where there was no row in it at all. */
  end(): void;
}
