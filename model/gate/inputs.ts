import { FEATURE_NAMES, type FeatureName } from "../../signal/beat/features.ts";
import { NOISE_MEASURES } from "../../signal/quality/measures.ts";

/** What one beat's reading was made from, and what was read. */
export interface Reading {
  /** [NOISE_MEASURES.length]. */
  readonly noise: Float32Array;
  /** [FEATURE_NAMES.length]. */
  readonly features: Float32Array;
  /** [4]: N, S, V, F. */
  readonly probabilities: Float32Array;
}

/**
 * Shape and likeness, which noise spoils; nothing of the rhythm, lest an unusual rhythm pass for noise. Of those tried in
 * record-wise folds of DS1, all features rejected twice as many clean V.
 */
const FEATURES: readonly FeatureName[] = [
  "qrsLikeness",
  "pLikeness",
  "beatLikeness",
  "previousLikeness",
  "pDifference",
  "qrsDifference",
  "tDifference",
  "amplitudeRatio",
  "areaRatio",
  "qrsSpread",
  "qrsSpreadRatio",
  "clusterShare",
  "dominantCluster",
  "templateP",
];
const PLACES = FEATURES.map((name) => FEATURE_NAMES.indexOf(name));
const CLASSES = ["N", "S", "V", "F"] as const;
const PROBABILITY_FLOOR = 1e-4;

/** Names of a gate's inputs, in order. */
export const GATE_INPUTS: readonly string[] = [
  ...NOISE_MEASURES,
  ...FEATURES,
  ...CLASSES.map((name) => `log probability of ${name}`),
];

/** Writes a reading's inputs, [GATE_INPUTS.length], into `to` from `at` on. */
export function gateInputs({ noise, features, probabilities }: Reading, to: Float32Array | Float64Array, at = 0): void {
  to.set(noise, at);
  let next = at + noise.length;
  for (const place of PLACES) to[next++] = features[place];
  for (let k = 0; k < CLASSES.length; k++) to[next++] = Math.log(probabilities[k] + PROBABILITY_FLOOR);
}
