import { CHAIN_RATE_HZ, WINDOW_LENGTH, WINDOW_R_INDEX } from "../events.ts";
import type { Blocks } from "./blocks.ts";
import { noiseMeasures } from "./noise.ts";

/** Each stretch begins so many samples at 125 Hz before R; all end with the beat's window. */
const STRETCHES = [
  { name: "window", before: WINDOW_R_INDEX },
  { name: "3 s", before: 2 * CHAIN_RATE_HZ },
  { name: "5 s", before: 4 * CHAIN_RATE_HZ },
] as const;
const KINDS = ["evenness", "wander", "slow", "sharp"] as const;
const BEHIND_R = WINDOW_LENGTH - WINDOW_R_INDEX;
/** Keeps a flat window's logarithm finite, of the bed's QRS. */
const RANGE_FLOOR = 0.01;
/** Measures are clipped to ± this. */
const MOST = 12;

/**
 * Names of a beat's noise measures, in the order of the vector: those of `noiseMeasures` over the beat's window, 3 s and 5 s,
 * and the window's range against the bed's QRS, a logarithm like all of them.
 */
export const NOISE_MEASURES: readonly string[] = [
  ...STRETCHES.flatMap(({ name }) => KINDS.map((kind) => `${kind}, ${name}`)),
  "range, window",
];

/**
 * [NOISE_MEASURES.length] around the R peak at index `r` at 125 Hz, in blocks of 0.2 s, once the beat's window is full. `scale`:
 * the bed's usual QRS peak to peak, mV. Does not depend on the signal's gain.
 */
export function noiseAround(blocks: Blocks, r: number, scale: number): Float32Array {
  const values = new Float32Array(NOISE_MEASURES.length);
  let at = 0;
  let range = 0;
  for (const { before } of STRETCHES) {
    const sums = blocks.over(r - before, r + BEHIND_R);
    if (sums.samples === 0) return new Float32Array(NOISE_MEASURES.length);
    if (at === 0) range = (sums.bandHigh - sums.bandLow) / scale;
    const measures = noiseMeasures(sums);
    for (const kind of KINDS) values[at++] = clipped(measures[kind]);
  }
  values[at] = clipped(Math.log(range + RANGE_FLOOR));
  return values;
}

const clipped = (value: number): number => Math.max(-MOST, Math.min(MOST, value));
