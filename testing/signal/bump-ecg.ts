/** A wave: its height in mV, its place after R and its width (Gaussian's standard deviation), both in seconds. */
export type Wave = readonly [heightMv: number, atSeconds: number, widthSeconds: number];

export const NARROW: readonly Wave[] = [
  [0.12, -0.17, 0.022],
  [-0.1, -0.03, 0.01],
  [1.2, 0, 0.011],
  [-0.25, 0.032, 0.012],
  [0.3, 0.26, 0.05],
];
export const WIDE: readonly Wave[] = [
  [1.6, 0, 0.035],
  [-0.7, 0.11, 0.04],
  [-0.4, 0.3, 0.06],
];

export interface Beat {
  readonly atSeconds: number;
  readonly waves?: readonly Wave[];
}

/**
 * An ECG of Gaussian bumps for tests, mV: `seconds` at `rateHz` with white noise of `noiseMv`, the same for the same
 * arguments. `beats`: R peaks, narrow unless said otherwise.
 */
export function bumpEcg(seconds: number, rateHz: number, beats: readonly Beat[], noiseMv = 0.01): Float32Array {
  const samples = new Float32Array(Math.round(seconds * rateHz));
  const random = whiteNoise(1);
  for (let i = 0; i < samples.length; i++) samples[i] = noiseMv * random();
  for (const { atSeconds, waves = NARROW } of beats) {
    for (const [height, offset, width] of waves) {
      const centre = atSeconds + offset;
      const first = Math.max(0, Math.floor((centre - 5 * width) * rateHz));
      const last = Math.min(samples.length - 1, Math.ceil((centre + 5 * width) * rateHz));
      for (let i = first; i <= last; i++) samples[i] += height * Math.exp(-0.5 * ((i / rateHz - centre) / width) ** 2);
    }
  }
  return samples;
}

/** R peaks every `rrSeconds` from 0.5 s on, as long as 0.5 s is left behind them. */
export function regularBeats(seconds: number, rrSeconds: number): Beat[] {
  return Array.from({ length: Math.floor((seconds - 1) / rrSeconds) + 1 }, (_, i) => ({
    atSeconds: 0.5 + i * rrSeconds,
  }));
}

/** Numbers of mean 0 and standard deviation 1, about normal: sums of uniform ones from a linear congruence. */
export function whiteNoise(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return () => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += uniform();
    return sum;
  };
}
