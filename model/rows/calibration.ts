import { ROW_CLASSES } from "./classifier.ts";

const CLASSES = ROW_CLASSES.length;
const BINS = 15;
/** Bounds of the temperature's logarithm. */
const [LEAST, MOST] = [Math.log(0.25), Math.log(4)];
const STEPS = 30;
/** (√5 − 1) / 2. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Probabilities [count × 5] as they would be had the logits been divided by `temperature`. */
export function temperedRows(probabilities: Float32Array, temperature: number): Float32Array {
  const tempered = probabilities.map((value) => value ** (1 / temperature));
  for (let at = 0; at < tempered.length; at += CLASSES) {
    const own = tempered.subarray(at, at + CLASSES);
    const total = own.reduce((sum, value) => sum + value, 0);
    for (let k = 0; k < CLASSES; k++) own[k] /= total;
  }
  return tempered;
}

/**
 * The temperature, 0.25 to 4, that makes the true classes most likely (Guo et al., "On calibration of modern neural
 * networks", ICML 2017, section 4.2), by golden section search. `truth`: class number of each row.
 */
export function fitRowTemperature(probabilities: Float32Array, truth: ArrayLike<number>): number {
  if (truth.length === 0) return 1;
  const loss = (logarithm: number): number => {
    const tempered = temperedRows(probabilities, Math.exp(logarithm));
    let sum = 0;
    for (let row = 0; row < truth.length; row++) sum -= Math.log(tempered[row * CLASSES + truth[row]] + 1e-12);
    return sum;
  };
  let [low, high] = [LEAST, MOST];
  for (let step = 0; step < STEPS; step++) {
    const [a, b] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
    if (loss(a) < loss(b)) high = b;
    else low = a;
  }
  return Math.exp((low + high) / 2);
}

/**
 * Expected calibration error, 0 to 1 (the same paper, eq. 3, 15 bins): how far the share of rows that are right lies
 * from the probability they were called with, on average over rows.
 */
export function rowCalibrationError(probabilities: Float32Array, truth: ArrayLike<number>): number {
  const gaps = new Float64Array(BINS);
  for (let row = 0; row < truth.length; row++) {
    const own = probabilities.subarray(row * CLASSES, (row + 1) * CLASSES);
    const confidence = Math.max(...own);
    const bin = Math.min(BINS - 1, Math.max(0, Math.ceil(confidence * BINS) - 1));
    gaps[bin] += Number(own.indexOf(confidence) === truth[row]) - confidence;
  }
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / Math.max(1, truth.length);
}
