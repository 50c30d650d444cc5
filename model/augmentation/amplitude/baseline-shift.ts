import { checkStep, draw, happens, type Range, type Step } from "../step.ts";

/** `samples` plus `offset`, in their unit. */
export const shiftBaseline = (samples: Float32Array, offset: number): Float32Array =>
  samples.map((value) => value + offset);

export interface BaselineShiftOptions {
  /** 0 to 1. */
  readonly probability: number;
  /** In the samples' unit (mV), of either sign. */
  readonly offset: Range;
}

/** Another zero line. Throws BAD_ARGUMENT. */
export function baselineShift({ probability, offset }: BaselineShiftOptions): Step {
  checkStep("shift", probability, { offset: { range: offset } });
  return {
    name: "shift",
    keepsTime: true,
    apply({ samples }, random) {
      const drawn = draw(offset, random);
      return happens(probability, random) ? shiftBaseline(samples, drawn) : samples;
    },
  };
}
