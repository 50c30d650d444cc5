import { SignalRing } from "../../../signal/beat/signal-ring.ts";
import { CHAIN_RATE_HZ } from "../../../signal/events.ts";
import { Filter } from "../../../signal/filters.ts";
import { MORPHOLOGY_BAND } from "../../../signal/morphology-band.ts";
import { Resampler } from "../../../signal/resample.ts";
import { FIBRILLATION_FEATURES } from "../../../signal/waveform/fibrillation-features.ts";
import { FibrillationJudge } from "../../../signal/waveform/fibrillation-judge.ts";

const BLOCK = 25;

/**
 * Calls `each` with the end, s, and the features, which the next call overwrites, of each second of a recording that can be judged, as the signal
 * chain would describe it. Missing samples (NaN) take the value before them: there is no gap here.
 */
export function describedSeconds(
  millivolts: Float32Array,
  samplingRateHz: number,
  each: (endS: number, features: Float64Array) => void,
): void {
  const resampler = new Resampler(samplingRateHz);
  const filter = new Filter(MORPHOLOGY_BAND);
  const ring = new SignalRing();
  const judge = new FibrillationJudge(ring);
  const features = new Float64Array(FIBRILLATION_FEATURES.length);
  const values = new Float64Array(BLOCK);
  const given = new Float64Array(millivolts.length);
  for (let i = 0; i < given.length; i++) given[i] = Number.isNaN(millivolts[i]) ? (given[i - 1] ?? 0) : millivolts[i];
  let heard = 0;
  for (let at = 0; at < given.length; at += resampler.room) {
    resampler.feed(given, at, Math.min(given.length, at + resampler.room));
    for (;;) {
      const count = resampler.read(values, BLOCK - (heard % BLOCK));
      if (count === 0) break;
      filter.run(values, values, count);
      for (let i = 0; i < count; i++) ring.push(values[i]);
      heard += count;
      if (heard % CHAIN_RATE_HZ === 0 && judge.describe(features)) each(heard / CHAIN_RATE_HZ, features);
    }
  }
}
