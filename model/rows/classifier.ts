import type { ModelName } from "../classifier.ts";

/** Samples of a row, at 125 Hz. */
export const ROW_LENGTH = 187;

export type RowModelInfo = ModelName;

/** The five-class model of isolated rows (Kachuee et al. 2018), behind one engine. It keeps no state. */
export interface RowClassifier {
  readonly info: RowModelInfo;
  /** rows [count × 187], values 0 to 1 → probabilities [count × 5] in the order of BEAT_CLASSES; rows sum to 1. */
  classify(rows: Float32Array, count: number): Promise<Float32Array>;
  close(): Promise<void>;
}
