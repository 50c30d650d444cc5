import { MISSING_ADU } from "../../contracts/frame.ts";
import type { Random } from "../../kit/random.ts";
import type { Segment } from "./script.ts";

/** The converter, as MIT-BIH's: 11 bits over ± 5 mV. */
export const ADC = { gainAduPerMv: 200, baselineAdu: 1024, leastAdu: 0, mostAdu: 2047 } as const;

/** Heights of the fibrillatory waves, mV: largest over the right atrium, in V1. */
export const FIBRILLATION_MV = { limb: 0.045, chest: 0.08 } as const;

/**
 * Adds the atria's fibrillatory waves to samples [from, to): a sawtooth of about 6.2 Hz, of three harmonics whose
 * frequency and height waver (Stridh and Sörnmo 2001, section III-A).
 */
export function addFibrillation(
  samples: Float32Array,
  from: number,
  to: number,
  samplingRateHz: number,
  heightMv: number,
  random: Random,
): void {
  const phase = 2 * Math.PI * random.uniform();
  for (let at = from; at < to; at++) {
    const seconds = at / samplingRateHz;
    const theta = 2 * Math.PI * 6.2 * seconds + phase + 4 * Math.sin(2 * Math.PI * 0.13 * seconds);
    const height = heightMv * (1 + 0.3 * Math.sin(2 * Math.PI * 0.21 * seconds));
    let sum = 0;
    for (let harmonic = 1; harmonic <= 3; harmonic++) sum += Math.sin(harmonic * theta) / harmonic;
    samples[at] -= height * sum;
  }
}

/** Corners of the noise of an electrode that moves, Hz: it overlaps with P, QRS and T, and no filter takes it out. */
const MOTION_HZ = { low: 0.5, high: 4 } as const;

/** Adds noise as of an electrode that moves, of standard deviation `motionMv`, to samples [from, to). */
export function addMotion(
  samples: Float32Array,
  from: number,
  to: number,
  samplingRateHz: number,
  motionMv: number,
  random: Random,
): void {
  const fast = Math.exp((-2 * Math.PI * MOTION_HZ.high) / samplingRateHz);
  const slow = Math.exp((-2 * Math.PI * MOTION_HZ.low) / samplingRateHz);
  // Variance of the difference of two one-pole low-passes a and b of one unit white noise.
  const variance = (a: number): number => (1 - a) / (1 + a);
  const covariance = ((1 - fast) * (1 - slow)) / (1 - fast * slow);
  const scale = motionMv / Math.sqrt(variance(fast) + variance(slow) - 2 * covariance);
  let quick = 0;
  let lasting = 0;
  for (let at = from; at < to; at++) {
    const white = random.normal();
    quick = fast * quick + (1 - fast) * white;
    lasting = slow * lasting + (1 - slow) * white;
    samples[at] += scale * (quick - lasting);
  }
}

/** What the converter gives for `millivolts`. */
export function digitise(millivolts: Float32Array): Int16Array {
  const { gainAduPerMv, baselineAdu, leastAdu, mostAdu } = ADC;
  const samples = new Int16Array(millivolts.length);
  for (let at = 0; at < samples.length; at++) {
    const adu = Math.round(millivolts[at] * gainAduPerMv) + baselineAdu;
    samples[at] = Math.min(Math.max(adu, leastAdu), mostAdu);
  }
  return samples;
}

/** What the converter gives where no electrode is on. */
export const LEAD_OFF_ADU: Readonly<Record<Extract<Segment, { rhythm: "lead-off" }>["form"], number>> = {
  flat: ADC.baselineAdu,
  rail: ADC.mostAdu,
  missing: MISSING_ADU,
};
