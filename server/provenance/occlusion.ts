import { JUDGED_CLASSES } from "../../contracts/beat.ts";
import type { Explanation } from "../../contracts/provenance.ts";
import type { Classifier } from "../../model/classifier.ts";
import { FEATURE_NAMES } from "../../signal/beat/features.ts";
import { CHAIN_RATE_HZ, WINDOW_R_INDEX } from "../../signal/events.ts";

/** Samples that are taken away at once, and how far one such stretch lies from the next: 80 and 40 ms. */
const STRETCH = 10;
const STEP = 5;

/** What the model had before it when it judged a beat. */
export interface Judged {
  /** [187] */
  readonly window: Float32Array;
  readonly features: Float32Array;
  /** Its memory, before the beat. */
  readonly recurrent: Float32Array;
}

/**
 * How much the most probable class owes to each part of the window, and to each feature: its fall when the part is not there (M. D. Zeiler
 * & R. Fergus, "Visualizing and understanding convolutional networks", ECCV 2014, §4.2). A stretch's place is taken by a straight line
 * between its ends, a feature's value by 0. Parts that stand in for one another each show a small fall.
 */
export async function occlude(classifier: Classifier, judged: Judged): Promise<Explanation["occlusion"]> {
  const { window, features, recurrent } = judged;
  const starts = Array.from({ length: Math.floor((window.length - STRETCH) / STEP) + 1 }, (_, i) => i * STEP);
  const windows = [window, ...starts.map((start) => bridged(window, start, start + STRETCH)), ...features.map(() => 0)];
  const all = windows.map((one) => (typeof one === "number" ? window : one));
  const described = all.map((_, row) => without(features, row - 1 - starts.length));
  const embeddings = await classifier.encode(flat(all), all.length);
  const states = flat(all.map(() => recurrent));
  const { probabilities } = await classifier.step(embeddings, flat(described), states, all.length);
  const judgedAs = mostProbable(probabilities);
  const fall = (row: number): number => probabilities[judgedAs] - probabilities[row * JUDGED_CLASSES.length + judgedAs];
  return {
    beatClass: JUDGED_CLASSES[judgedAs],
    probability: probabilities[judgedAs],
    window: starts.map((start, i) => ({ fromMs: toMs(start), toMs: toMs(start + STRETCH), fall: fall(1 + i) })),
    features: FEATURE_NAMES.slice(0, features.length).map((name, i) => ({ name, fall: fall(1 + starts.length + i) })),
  };
}

const toMs = (index: number): number => ((index - WINDOW_R_INDEX) / CHAIN_RATE_HZ) * 1000;

/** The window with a straight line from the sample before `from` to the one at `to`. */
function bridged(window: Float32Array, from: number, to: number): Float32Array {
  const copy = Float32Array.from(window);
  const left = window[Math.max(0, from - 1)];
  const right = window[Math.min(window.length - 1, to)];
  for (let i = from; i < to; i++) copy[i] = left + ((right - left) * (i - from + 1)) / (to - from + 1);
  return copy;
}

function without(features: Float32Array, index: number): Float32Array {
  if (index < 0) return features;
  const copy = Float32Array.from(features);
  copy[index] = 0;
  return copy;
}

function flat(rows: readonly Float32Array[]): Float32Array {
  const width = rows[0].length;
  const values = new Float32Array(rows.length * width);
  rows.forEach((row, i) => values.set(row, i * width));
  return values;
}

function mostProbable(probabilities: Float32Array): number {
  let best = 0;
  for (let i = 1; i < JUDGED_CLASSES.length; i++) if (probabilities[i] > probabilities[best]) best = i;
  return best;
}
