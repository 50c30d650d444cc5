import { checkStep, draw, happens, type Range, type Step } from "../step.ts";

/** `samples` times `factor` (no unit). */
export const scaleAmplitude = (samples: Float32Array, factor: number): Float32Array =>
  samples.map((value) => factor * value);

export interface AmplitudeScaleOptions {
  /** 0 to 1. */
  readonly probability: number;
  /** > 0; drawn on a logarithmic scale, so that half is as likely as double. */
  readonly factor: Range;
}

/** Another gain. Throws BAD_ARGUMENT. */
export function amplitudeScale({ probability, factor }: AmplitudeScaleOptions): Step {
  checkStep("scale", probability, { factor: { range: factor, least: 1e-6 } });
  const logarithms: Range = [Math.log(factor[0]), Math.log(factor[1])];
  return {
    name: "scale",
    keepsTime: true,
    apply({ samples }, random) {
      const drawn = Math.exp(draw(logarithms, random));
      return happens(probability, random) ? scaleAmplitude(samples, drawn) : samples;
    },
  };
}
