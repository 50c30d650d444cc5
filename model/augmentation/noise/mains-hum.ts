import { checkStep, draw, happens, type Range, type Step } from "../step.ts";
import { addSines, type Sine } from "./baseline-wander.ts";

/** Peaks of the mains frequency and its second and third harmonic against the first: a magnetised core's odd ones lead. */
const HARMONICS = [1, 0.1, 0.3];

/**
 * `samples` plus hum of the mains at `hertz` (50 or 60) with two harmonics, `peak` of the fundamental in the samples'
 * unit; what lies at half the rate or above is left out, as a converter's filter would.
 */
export function addMainsHum(
  samples: Float32Array,
  rateHz: number,
  hertz: number,
  peak: number,
  phase: number,
): Float32Array {
  const sines = HARMONICS.map((share, i): Sine => ({
    hertz: (i + 1) * hertz,
    peak: share * peak,
    phase: (i + 1) * phase,
  }));
  return addSines(
    samples,
    rateHz,
    sines.filter((sine) => sine.hertz < rateHz / 2),
  );
}

export interface MainsHumOptions {
  /** 0 to 1. */
  readonly probability: number;
  /** Of the fundamental, in the samples' unit (mV), ≥ 0. */
  readonly peak: Range;
  /** One is drawn; default 50 and 60. */
  readonly hertz?: readonly number[];
}

/** Hum of the mains of a random phase. Throws BAD_ARGUMENT. */
export function mainsHum({ probability, peak, hertz = [50, 60] }: MainsHumOptions): Step {
  const extent: Range = [Math.min(...hertz), Math.max(...hertz)];
  checkStep("mains", probability, { peak: { range: peak, least: 0 }, hertz: { range: extent, least: 1 } });
  return {
    name: "mains",
    keepsTime: true,
    apply({ samples, rateHz }, random) {
      const frequency = hertz[Math.floor(random.uniform() * hertz.length)];
      const height = draw(peak, random);
      const phase = 2 * Math.PI * random.uniform();
      return happens(probability, random) ? addMainsHum(samples, rateHz, frequency, height, phase) : samples;
    },
  };
}
