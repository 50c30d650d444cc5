import type { Random } from "../../../kit/random.ts";
import { checkStep, draw, happens, type Range, type Step } from "../step.ts";

/** `samples` plus white Gaussian noise of mean square `noisePower`, the samples' unit squared, ≥ 0. */
export function addGaussianNoise(samples: Float32Array, noisePower: number, random: Random): Float32Array {
  const deviation = Math.sqrt(noisePower);
  return samples.map((value) => value + deviation * random.normal());
}

export interface GaussianNoiseOptions {
  /** 0 to 1. */
  readonly probability: number;
  /** Signal-to-noise ratio, dB, by NSTDB's definition of the signal's power. */
  readonly snrDb: Range;
}

/** White noise at a signal-to-noise ratio. Throws BAD_ARGUMENT. */
export function gaussianNoise({ probability, snrDb }: GaussianNoiseOptions): Step {
  checkStep("gaussian", probability, { snrDb: { range: snrDb } });
  return {
    name: "gaussian",
    keepsTime: true,
    apply({ samples, signalPower }, random) {
      const noisePower = signalPower / 10 ** (draw(snrDb, random) / 10);
      return happens(probability, random) ? addGaussianNoise(samples, noisePower, random) : samples;
    },
  };
}
