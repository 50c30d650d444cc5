import { BedsideError } from "../../../contracts/errors.ts";
import type { NoiseRecord } from "../../../data/injection/noise-records.ts";
import { noiseGain, noisePower } from "../../../data/noise.ts";
import { Resampler } from "../../../signal/resample.ts";
import { CHAIN_RATE_HZ } from "../../../signal/events.ts";
import { checkStep, draw, happens, type Range, type Step } from "../step.ts";

/** `samples` plus `gain` × `noise` from its sample `start` on, round and round; both at one rate and in one unit. */
export function addRecordedNoise(
  samples: Float32Array,
  noise: Float32Array,
  gain: number,
  start: number,
): Float32Array {
  return samples.map((value, i) => value + gain * noise[(start + i) % noise.length]);
}

export interface RecordedNoiseOptions {
  /** 0 to 1. */
  readonly probability: number;
  /** Signal-to-noise ratio, dB, as NSTDB defines it (data/noise.ts). */
  readonly snrDb: Range;
  /** One of these is drawn, each as likely: NSTDB's em, ma and bw, say. At the rate of what they are mixed into. */
  readonly records: readonly NoiseRecord[];
}

/**
 * Recorded noise from a random place at a signal-to-noise ratio. Each record's power is taken once, over all of it, so a
 * short segment may get more or less than its ratio, as it does on a real bed. Throws BAD_ARGUMENT, on a segment of
 * another rate too.
 */
export function recordedNoise({ probability, snrDb, records }: RecordedNoiseOptions): Step {
  checkStep("noise", probability, { snrDb: { range: snrDb } });
  if (records.length === 0 || records.some(({ millivolts, samplingRateHz }) => millivolts.length < samplingRateHz)) {
    throw new BedsideError("BAD_ARGUMENT", "augmentation noise: give one noise record or more, each of 1 s at least");
  }
  const powers = records.map(({ millivolts, samplingRateHz }) => noisePower(millivolts, samplingRateHz));
  return {
    name: "noise",
    keepsTime: true,
    apply({ samples, rateHz, signalPower }, random) {
      const kind = Math.floor(random.uniform() * records.length);
      const ratio = draw(snrDb, random);
      const { millivolts, samplingRateHz } = records[kind];
      if (samplingRateHz !== rateHz) {
        throw new BedsideError(
          "BAD_ARGUMENT",
          `augmentation noise: recorded at ${samplingRateHz} Hz, the segment at ${rateHz} Hz: resample the noise first`,
        );
      }
      const start = Math.floor(random.uniform() * millivolts.length);
      if (!happens(probability, random)) return samples;
      return addRecordedNoise(samples, millivolts, noiseGain(signalPower, powers[kind], ratio), start);
    },
  };
}

/** The noise at 125 Hz, for windows of the signal chain. */
export function noiseAtChainRate({ millivolts, samplingRateHz }: NoiseRecord): NoiseRecord {
  const resampler = new Resampler(samplingRateHz);
  const output = new Float32Array(Math.ceil((millivolts.length * CHAIN_RATE_HZ) / samplingRateHz) + 1);
  let length = 0;
  for (const value of millivolts) {
    const count = resampler.push(value);
    for (let k = 0; k < count; k++) output[length++] = resampler.output[k];
  }
  return { samplingRateHz: CHAIN_RATE_HZ, millivolts: output.slice(0, length) };
}
