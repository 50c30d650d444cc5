import { ROW_SAMPLES } from "../format.ts";

/** No cell has this part. */
export const NONE = -1;

/** How the rows of a file are laid out. Cells are counted from 0; those that have no part are passed over. */
export interface Layout {
  /** Character code of the separator: , ; tab or space. */
  readonly separator: number;
  /** Cells of a row. */
  readonly width: number;
  /** Cell of each sample, in the order of time: [ROW_SAMPLES]. */
  readonly sampleCells: readonly number[];
  /** Cell of the first sample where one stands behind the other, else NONE. */
  readonly firstSample: number;
  /** Cell of the label, or NONE. */
  readonly labelCell: number;
  /** Cell of an index without a name, which has to be a whole number, or NONE. */
  readonly indexCell: number;
  /** False where column of samples and label were taken to be what they are in Kaggle's files and no row has proved it. */
  readonly isProven: boolean;
}

/** Which cells of a row are what. */
export interface Parts {
  readonly sampleCells: readonly number[];
  readonly labelCell: number;
  readonly indexCell: number;
  readonly isProven: boolean;
}

export function layoutOf(parts: Parts, separator: number, width: number): Layout {
  const [first] = parts.sampleCells;
  const isOneBehindTheOther = parts.sampleCells.every((cell, sample) => cell === first + sample);
  return { ...parts, separator, width, firstSample: isOneBehindTheOther ? first : NONE };
}

/** Cells `first`, `first` + 1, … of a row. */
export const cellsFrom = (first: number): number[] =>
  Array.from({ length: ROW_SAMPLES }, (_, sample) => first + sample);
