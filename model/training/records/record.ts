import type { Reference } from "../../../scoring/reference.ts";

/** Target of a beat that is not trained on. */
export const NO_TARGET = -1;

/** One record as the signal chain hears it, and the truth. */
export interface TrainingRecord {
  readonly name: string;
  readonly samplingRateHz: number;
  readonly reference: Reference;
  /** Beats heard, in order of decision. */
  readonly count: number;
  /** [count]: the R peaks. */
  readonly samples: Int32Array;
  /** [count × windowLength]. */
  readonly windows: Float32Array;
  /** [count × featureCount]. */
  readonly features: Float32Array;
  /** [count × NOISE_MEASURES.length]. */
  readonly noise: Float32Array;
  /** [count]: index in JUDGED_CLASSES of the reference beat, or NO_TARGET. */
  readonly targets: Int8Array;
}

/** Beats of each class that there are to train on. */
export function countTargets(records: readonly TrainingRecord[], classes: number): number[] {
  const counts = Array.from({ length: classes }, () => 0);
  for (const { targets } of records) for (const target of targets) if (target >= 0) counts[target]++;
  return counts;
}
