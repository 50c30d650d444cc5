import { CHAIN_RATE_HZ, WINDOW_R_INDEX as R } from "../events.ts";

/** So far on each side of the R peak that was detected, samples at 125 Hz: ± 96 ms. */
const REACH = 12;
/** How far apart the samples are that a deflection must rise above to count as sharp: 24 ms. */
const STEP = 3;
/** Of the sharpest, largest deflection there, by which an earlier one already counts. */
const SHARE = 0.75;

/** The beat that is looked at, sharpened, from one sample before the reach to one behind it; one at a time. */
const sharp = new Float64Array(2 * REACH + 3);

/**
 * Where a person would put a beat's mark, seconds from the detected R peak: at the first wave of its QRS that catches the eye. The eye goes by size and by
 * sharpness, so the window is sharpened (to each value its bend is added: what it has more than the mean of those 24 ms before and behind, twice), and the
 * mark is the first peak or trough within ± 96 ms that is then at least 0.75 of the largest. A small sharp wave before a broad one counts, a broad bulge
 * before a sharp wave does not. `window`: [187] at 125 Hz, the baseline zero, of any scale. Numbers were chosen on DS1 (signal/README.md).
 */
export function fiducialOffset(window: ArrayLike<number>): number {
  let largest = 0;
  for (let at = 0; at < sharp.length; at++) {
    const i = R - REACH - 1 + at;
    sharp[at] = 3 * window[i] - window[i - STEP] - window[i + STEP];
    if (at > 0 && at < sharp.length - 1) largest = Math.max(largest, Math.abs(sharp[at]));
  }
  for (let at = 1; at < sharp.length - 1; at++) {
    const size = Math.abs(sharp[at]);
    if (size < SHARE * largest || size === 0) continue;
    const sign = Math.sign(sharp[at]);
    if (sign * sharp[at - 1] <= size && sign * sharp[at + 1] < size) return (at - 1 - REACH) / CHAIN_RATE_HZ;
  }
  return 0;
}
