import { BEAT_CLASSES, type BeatClass } from "../../contracts/beat.ts";
import type { LeftOut } from "../../contracts/scoring.ts";
import type { MissingKind } from "../../data/missing/find-missing.ts";
import type { MissingCount } from "../../data/missing/repair.ts";
import type { Candidate } from "../../model/augmentation/gmm/choose-mixture.ts";
import type { TwoSampleResult } from "../../model/augmentation/two-sample-test/two-sample-test.ts";

export const EDA_CLASSES = BEAT_CLASSES;
export type SplitName = "DS1" | "DS2" | "paced";
export type ClassCounts = Readonly<Record<BeatClass, number>>;

/** Annotated beats of a record. */
export interface RecordCounts {
  readonly record: string;
  readonly split: SplitName;
  readonly beats: ClassCounts;
}

/** How clean a record of DS1 is. */
export interface RecordSignal {
  readonly record: string;
  readonly seconds: number;
  /** Runs that hold no ECG, over the whole record. */
  readonly missing: Readonly<Record<MissingKind, MissingCount>>;
  /** Seconds judged by the live chain: mean quality 0 to 1, and shares 0 to 1 by state. */
  readonly quality: number;
  readonly noisyShare: number;
  readonly leadOffShare: number;
  /** dB, within 0.5–35 Hz; null where there are too few N beats. */
  readonly snrDb: number | null;
}

/** Quantiles .05, .25, .5, .75, .95. */
export type Quantiles = readonly (number | null)[];
export const SHARES = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/** DS1's beats of one class, as the live chain hears them. */
export interface ClassSummary {
  readonly beatClass: BeatClass;
  readonly beats: number;
  /** [187] each, R at 62, 125 Hz, normalised by the bed's scale. */
  readonly shape: {
    readonly mean: readonly number[];
    readonly low: readonly number[];
    readonly high: readonly number[];
  };
  readonly rrMs: Quantiles;
  readonly features: Readonly<Record<string, Quantiles>>;
  readonly moments: Readonly<Record<string, Quantiles>>;
}

/** The generator of a minority class, checked on DS1. */
export interface MinoritySummary {
  readonly beatClass: BeatClass;
  readonly rows: number;
  readonly axes: number;
  readonly chosen: Candidate;
  readonly candidates: readonly Candidate[];
  readonly twoSample: TwoSampleResult;
  readonly control: TwoSampleResult;
  readonly oneGaussian: TwoSampleResult;
  /** Rows of 187, 0 to 1, rounded to 3 digits. */
  readonly gallery: {
    readonly real: readonly (readonly number[])[];
    readonly synthetic: readonly (readonly number[])[];
  };
}

/** What `npm run eda` finds out. Counts are of all records; everything else, on which choices may rest, of DS1 alone. */
export interface EdaReport {
  readonly seed: number;
  readonly records: readonly string[];
  /** Records of MIT-BIH that could not be read. */
  readonly leftOut: readonly LeftOut[];
  readonly counts: readonly RecordCounts[];
  readonly splits: Readonly<Record<SplitName, ClassCounts>>;
  readonly signals: readonly RecordSignal[];
  readonly classes: readonly ClassSummary[];
  /** Shares of the variance along the first two axes, and points along them. */
  readonly pca: {
    readonly shares: readonly number[];
    readonly points: Readonly<Record<string, readonly (readonly [number, number])[]>>;
  };
  readonly minorities: readonly MinoritySummary[];
  /** Classes of too few beats for a generator. */
  readonly tooFew: readonly BeatClass[];
}
