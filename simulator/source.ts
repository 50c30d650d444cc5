import type { FrameLead } from "../contracts/frame.ts";

export interface SourceAnnotation {
  readonly sample: number;
  readonly symbol: string;
  readonly aux: string;
}

/** What a bed replays: a recording or a synthetic record, with its truth. */
export interface Source {
  /** e.g. "mitdb/208" or "synthetic/bigeminy". */
  readonly name: string;
  readonly samplingRateHz: number;
  /** Whole recordings, equally long. */
  readonly leads: readonly FrameLead[];
  /** In order of sample. */
  readonly annotations: readonly SourceAnnotation[];
}
