import { CHAIN_RATE_HZ, WINDOW_R_INDEX as R } from "../events.ts";

/** So far on each side of the R peak that was detected, samples at 125 Hz: ± 128 ms. */
const REACH = 16;
/** Of the largest deflection there, by which an earlier one already counts. */
const SHARE = 0.6;

/**
 * Where a person would put a beat's mark, seconds from the detected R peak: at the first peak or trough of its QRS, within ± 128 ms, that is at
 * least 0.6 of the largest. `window`: [187] at 125 Hz, the baseline zero, of any scale. Reach and share were chosen on DS1 (signal/README.md).
 */
export function fiducialOffset(window: ArrayLike<number>): number {
  let largest = 0;
  for (let i = R - REACH; i <= R + REACH; i++) largest = Math.max(largest, Math.abs(window[i]));
  for (let i = R - REACH; i <= R + REACH; i++) {
    const size = Math.abs(window[i]);
    if (size < SHARE * largest || size === 0) continue;
    const sign = Math.sign(window[i]);
    if (sign * window[i - 1] <= size && sign * window[i + 1] < size) return (i - R) / CHAIN_RATE_HZ;
  }
  return 0;
}
