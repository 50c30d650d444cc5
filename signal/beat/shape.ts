import { CHAIN_RATE_HZ, WINDOW_R_INDEX as R } from "../events.ts";

/** Places are relative to R, at 125 Hz; a range includes its first and excludes its last. Windows are [187] arrays. */
type Window = Float64Array;

/** Root mean square of the difference over a range, mV. */
export function difference(window: Window, other: Window, from: number, to: number): number {
  let sum = 0;
  for (let i = R + from; i < R + to; i++) {
    const step = window[i] - other[i];
    sum += step * step;
  }
  return Math.sqrt(sum / (to - from));
}

/** Standard deviation about the mean over a range, mV. */
export function deviation(window: Window, from: number, to: number): number {
  const n = to - from;
  let mean = 0;
  for (let i = R + from; i < R + to; i++) mean += window[i] / n;
  let squares = 0;
  for (let i = R + from; i < R + to; i++) {
    const step = window[i] - mean;
    squares += step * step;
  }
  return Math.sqrt(squares / n);
}

/** Peak to peak within ± 96 ms of R, mV. */
export function qrsPeakToPeak(window: Window): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = R - 12; i <= R + 12; i++) {
    const value = window[i];
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high - low;
}

/** Peak to peak of a range about the straight line through its ends, mV: a wave's height on a slope. */
export function waveHeight(window: Window, from: number, to: number): number {
  const first = window[R + from];
  const slope = (window[R + to - 1] - first) / (to - from - 1);
  let low = 0;
  let high = 0;
  for (let i = from; i < to; i++) {
    const value = window[R + i] - first - slope * (i - from);
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high - low;
}

/** Area under the absolute QRS, mV·s. */
export function qrsArea(window: Window): number {
  let sum = 0;
  for (let i = R - 12; i < R + 20; i++) sum += Math.abs(window[i]);
  return sum / CHAIN_RATE_HZ;
}

/**
 * QRS width as the temporal spread (standard deviation) of the squared slope within ± 200 ms of R, s: about 0.02 for
 * a narrow complex. Needs no onset or end to be found, which noise would move about.
 */
export function qrsSpread(window: Window): number {
  let energy = 1e-9;
  let first = 0;
  let second = 0;
  for (let i = 0; i < 50; i++) {
    const slope = window[R - 24 + i] - window[R - 25 + i];
    const e = slope * slope;
    energy += e;
    first += e * i;
    second += e * i * i;
  }
  const mean = first / energy;
  return Math.sqrt(Math.max(0, second / energy - mean * mean)) / CHAIN_RATE_HZ;
}
