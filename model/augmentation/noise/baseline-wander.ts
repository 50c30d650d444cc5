import type { Random } from "../../../kit/random.ts";
import { checkStep, draw, happens, type Range, type Step } from "../step.ts";

/** One slow sine: Hz, peak in the samples' unit, phase in radians. */
export interface Sine {
  readonly hertz: number;
  readonly peak: number;
  readonly phase: number;
}

/** `samples` plus a sum of sines. */
export function addSines(samples: Float32Array, rateHz: number, sines: readonly Sine[]): Float32Array {
  const changed = samples.slice();
  for (const { hertz, peak, phase } of sines) {
    const step = (2 * Math.PI * hertz) / rateHz;
    for (let i = 0; i < changed.length; i++) changed[i] += peak * Math.sin(phase + i * step);
  }
  return changed;
}

export interface BaselineWanderOptions {
  /** 0 to 1. */
  readonly probability: number;
  /** The most that the sines reach together, in the samples' unit (mV): 0.1 to 1 is common, ≥ 0. */
  readonly peak: Range;
  /** Of each sine; default 0.05 to 0.5 Hz: breathing and what is slower. */
  readonly hertz?: Range;
}

const SINES = 3;

/** Wander of the baseline as three slow sines of random frequency, phase and share. Throws BAD_ARGUMENT. */
export function baselineWander({ probability, peak, hertz = [0.05, 0.5] }: BaselineWanderOptions): Step {
  checkStep("wander", probability, { peak: { range: peak, least: 0 }, hertz: { range: hertz, least: 0 } });
  return {
    name: "wander",
    keepsTime: true,
    apply({ samples, rateHz }, random) {
      const most = draw(peak, random);
      const sines = Array.from({ length: SINES }, () => drawSine(hertz, random));
      const shares = sines.reduce((sum, sine) => sum + sine.peak, 0) || 1;
      if (!happens(probability, random)) return samples;
      const scaled = sines.map((sine) => ({ ...sine, peak: (most * sine.peak) / shares }));
      return addSines(samples, rateHz, scaled);
    },
  };
}

const drawSine = (hertz: Range, random: Random): Sine => ({
  hertz: draw(hertz, random),
  peak: random.uniform(),
  phase: 2 * Math.PI * random.uniform(),
});
