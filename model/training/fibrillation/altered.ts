import type { NoiseRecord } from "../../../data/injection/noise-records.ts";
import { addRecordedNoise } from "../../../data/mixing.ts";
import { noiseGain, noisePower } from "../../../data/noise.ts";
import type { Random } from "../../../kit/random.ts";
import { type Biquad, Filter, highPass, lowPass } from "../../../signal/filters.ts";

/** One lead of a recording. */
export interface Lead {
  readonly samplingRateHz: number;
  /** NaN where a sample is missing. */
  readonly millivolts: Float32Array;
}

/** How much faster or slower a heart may beat in a copy. */
const SLOWEST = 0.85;
const FASTEST = 1.15;
/** Each stretch has a noise and a signal-to-noise ratio of its own; some stay clean. */
const STRETCH_SECONDS = 60;
const CLEAN_SHARE = 0.35;
const LOWEST_DB = 0;
const HIGHEST_DB = 24;
/** Some monitors pass less of the signal: this share of the copies is of such with a low upper limit, this of such with a high lower one. */
const LOW_PASSED_SHARE = 1 / 3;
const LOW_PASS_HZ = [15, 20, 25] as const;
const HIGH_PASSED_SHARE = 1 / 6;
const LOWEST_HIGH_PASS_HZ = 0.7;
const HIGHEST_HIGH_PASS_HZ = 1.5;

/**
 * The lead as another patient's at another monitor might be: faster or slower (its samples are those of another rate), in recorded
 * noise, through another band.
 */
export function altered({ samplingRateHz, millivolts }: Lead, noise: readonly NoiseRecord[], random: Random): Lead {
  const between = (from: number, to: number): number => from + random.uniform() * (to - from);
  const rateHz = samplingRateHz * between(SLOWEST, FASTEST);
  const copy = millivolts.slice();
  const signal = seenPower(copy, rateHz);
  const length = Math.round(STRETCH_SECONDS * rateHz);
  for (let from = 0; from < copy.length; from += length) {
    const record = noise[Math.floor(random.uniform() * noise.length)];
    const start = Math.floor(random.uniform() * record.millivolts.length);
    const gain = noiseGain(
      signal,
      noisePower(record.millivolts, record.samplingRateHz),
      between(LOWEST_DB, HIGHEST_DB),
    );
    if (random.uniform() < CLEAN_SHARE) continue;
    const step = record.samplingRateHz / rateHz;
    addRecordedNoise(copy, { from, to: Math.min(copy.length, from + length) }, record.millivolts, {
      gain,
      start,
      step,
    });
  }
  const kind = random.uniform();
  if (kind < LOW_PASSED_SHARE) {
    pass(copy, lowPass(2, LOW_PASS_HZ[Math.floor(random.uniform() * LOW_PASS_HZ.length)], rateHz));
  } else if (kind < LOW_PASSED_SHARE + HIGH_PASSED_SHARE) {
    pass(copy, highPass(2, between(LOWEST_HIGH_PASS_HZ, HIGHEST_HIGH_PASS_HZ), rateHz));
  }
  return { samplingRateHz: rateHz, millivolts: copy };
}

/** As NSTDB's power of a signal, p² / 8, of its median second, where no R peak is known. */
function seenPower(millivolts: Float32Array, rateHz: number): number {
  const length = Math.floor(rateHz);
  const heights: number[] = [];
  for (let from = 0; from + length <= millivolts.length; from += length) {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = from; i < from + length; i++) {
      if (millivolts[i] < low) low = millivolts[i];
      if (millivolts[i] > high) high = millivolts[i];
    }
    if (high >= low) heights.push(high - low);
  }
  return (heights.toSorted((a, b) => a - b)[heights.length >> 1] ?? 0) ** 2 / 8;
}

/** A missing sample takes the value before it. */
function pass(millivolts: Float32Array, sections: readonly Biquad[]): void {
  const filter = new Filter(sections);
  let last = 0;
  for (let i = 0; i < millivolts.length; i++) {
    if (!Number.isNaN(millivolts[i])) last = millivolts[i];
    millivolts[i] = filter.push(last);
  }
}
