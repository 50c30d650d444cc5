/** An annotation of a record (WFDB annot(5), MIT format). */
export interface WfdbAnnotation {
  /** Index from 0, below 2³¹. */
  readonly sample: number;
  /** e.g. N, V, + (rhythm), ~ (signal quality). */
  readonly symbol: string;
  /** -128 to 127. */
  readonly subtype: number;
  /** 0 to 255: the signal it belongs to. */
  readonly channel: number;
  /** -128 to 127. */
  readonly number: number;
  /** e.g. a rhythm: (AFIB. At most 255 Latin-1 characters, empty where there is none. */
  readonly aux: string;
}

/** Codes above those of symbols change the annotation before, or the time of the one behind. */
export const SKIP = 59;
export const NUM = 60;
export const SUB = 61;
export const CHN = 62;
export const AUX = 63;
/** Of an annotation's time after the one before, without a skip. */
export const LARGEST_STEP = 0x3ff;
