import { FEATURE_NAMES, type FeatureName } from "../../../signal/beat/features.ts";
import type { TrainingRecord } from "./record.ts";

/** The record without what a recipe leaves out: other features, and the windows without a CNN, are zero. */
export function mask(record: TrainingRecord, features: readonly FeatureName[], cnn: boolean): TrainingRecord {
  const kept = FEATURE_NAMES.map((name) => Number(features.includes(name)));
  if (cnn && kept.every((keep) => keep === 1)) return record;
  return {
    ...record,
    windows: cnn ? record.windows : new Float32Array(record.windows.length),
    features: record.features.map((value, i) => value * kept[i % kept.length]),
  };
}
