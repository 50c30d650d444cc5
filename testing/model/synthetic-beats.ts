import { JUDGED_CLASSES } from "../../contracts/beat.ts";
import { createRandom, type Random } from "../../kit/random.ts";
import { WINDOW_LENGTH, WINDOW_R_INDEX } from "../../signal/events.ts";
import { shuffle } from "../../kit/shuffle.ts";
import type { TrainingRecord } from "../../model/training/records/record.ts";

/** Values of a made-up beat's features: how early it comes, and one that says nothing. */
export const SYNTHETIC_FEATURES = 2;

const RATE_HZ = 360;
/** QRS widths (standard deviation in samples) of N, S, V, F. */
const WIDTHS = [2, 2, 8, 5];
const PREMATURITY = [0, -1, -1, 0];
/** How likely each class is. */
const SHARES = [0.7, 0.1, 0.15, 0.05];

/**
 * A record of made-up beats for tests of training: only the window tells V and F from the rest, only the features tell
 * S from N. With `shuffled` labels there is nothing to learn.
 */
export function syntheticBeats(name: string, count: number, seed: number, shuffled = false): TrainingRecord {
  const random = createRandom(seed, name);
  const targets = Int8Array.from({ length: count }, () => drawClass(random));
  const windows = new Float32Array(count * WINDOW_LENGTH);
  const features = new Float32Array(count * SYNTHETIC_FEATURES);
  targets.forEach((label, beat) => {
    const width = WIDTHS[label] * (1 + 0.1 * random.normal());
    for (let i = 0; i < WINDOW_LENGTH; i++) {
      const distance = (i - WINDOW_R_INDEX) / width;
      windows[beat * WINDOW_LENGTH + i] = Math.exp(-distance * distance * 0.5) + 0.05 * random.normal();
    }
    features[beat * SYNTHETIC_FEATURES] = PREMATURITY[label] + 0.15 * random.normal();
    features[beat * SYNTHETIC_FEATURES + 1] = random.normal();
  });
  if (shuffled) targets.set(shuffle([...targets], random));
  const samples = Int32Array.from(targets, (_, beat) => beat * RATE_HZ);
  const beats = Array.from(targets, (target, beat) => ({ sample: samples[beat], beatClass: JUDGED_CLASSES[target] }));
  const reference = { beats, flutter: [] };
  return {
    name,
    samplingRateHz: RATE_HZ,
    reference,
    count,
    samples,
    windows,
    features,
    noise: new Float32Array(0),
    targets,
  };
}

function drawClass(random: Random): number {
  let left = random.uniform();
  const found = SHARES.findIndex((share) => (left -= share) < 0);
  return found < 0 ? 0 : found;
}
