import { checkStep, draw, happens, type Range, type Step } from "../step.ts";
import { readAt } from "./interpolate.ts";

/** `samples` stretched in time by `factor` (> 1: longer) about sample `fixedAt`; as many as before, edges held. */
export const stretchTime = (samples: Float32Array, factor: number, fixedAt: number): Float32Array =>
  readAt(samples, (index) => fixedAt + (index - fixedAt) / factor);

export interface StretchOptions {
  /** 0 to 1. */
  readonly probability: number;
  /** > 0; drawn on a logarithmic scale. */
  readonly factor: Range;
}

/** The beat slower or faster about its R peak. Throws BAD_ARGUMENT. */
export function stretch({ probability, factor }: StretchOptions): Step {
  checkStep("stretch", probability, { factor: { range: factor, least: 0.1, most: 10 } });
  const logarithms: Range = [Math.log(factor[0]), Math.log(factor[1])];
  return {
    name: "stretch",
    keepsTime: false,
    apply({ samples, fixedAt }, random) {
      const drawn = Math.exp(draw(logarithms, random));
      return happens(probability, random) ? stretchTime(samples, drawn, fixedAt) : samples;
    },
  };
}
