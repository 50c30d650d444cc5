/** Labels that are not a class's index. */
export const UNSCORED = -1;
export const FALSE_BEAT = -2;

/** One record as the signal chain hears it, with the truth beside each beat. */
export interface TrainingRecord {
  readonly name: string;
  /** Beats in order of decision. */
  readonly count: number;
  /** [count × windowLength]. */
  readonly windows: Float32Array;
  /** [count × featureCount]. */
  readonly features: Float32Array;
  /** [count]: index in MODEL_CLASSES, UNSCORED (the reference says Q) or FALSE_BEAT (no beat there). */
  readonly labels: Int8Array;
  /** [count]: the label where the beat is trained on, else UNSCORED. */
  readonly targets: Int8Array;
  /** [4]: reference beats of each class that were not detected. */
  readonly missed: readonly number[];
}

/** Beats of each class that there are to train on. */
export function countTargets(records: readonly TrainingRecord[], classes: number): number[] {
  const counts = Array.from({ length: classes }, () => 0);
  for (const { targets } of records) for (const label of targets) if (label >= 0) counts[label]++;
  return counts;
}
