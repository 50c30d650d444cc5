import type { Random } from "../kit/random.ts";

/** Samples [from, to) of an array. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Adds white Gaussian noise of standard deviation `deviation`, in the samples' unit, in place. */
export function addWhiteNoise(samples: Float32Array, { from, to }: Stretch, deviation: number, random: Random): void {
  for (let i = from; i < to; i++) samples[i] += deviation * random.normal();
}

/** Which part of a noise record is mixed in, and how strongly (data/noise.ts has the gain for a ratio in dB). */
export interface NoisePart {
  readonly gain: number;
  /** Place in the noise, in its samples, of any fraction. */
  readonly start: number;
  /** Samples of the noise to one of the signal; 1 where both have one rate. */
  readonly step?: number;
}

/** Adds `gain` × recorded noise in place, from place `start` of it on, round and round, linear between its samples. */
export function addRecordedNoise(
  samples: Float32Array,
  { from, to }: Stretch,
  noise: Float32Array,
  { gain, start, step = 1 }: NoisePart,
): void {
  const { length } = noise;
  for (let i = from; i < to; i++) {
    const place = (start + (i - from) * step) % length;
    const left = Math.floor(place);
    const share = place - left;
    samples[i] += gain * ((1 - share) * noise[left] + share * noise[(left + 1) % length]);
  }
}
