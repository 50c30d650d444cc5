import { checkStep, draw, happens, type Range, type Step } from "../step.ts";
import { readAt } from "./interpolate.ts";

/** `samples` later by `shift` samples (earlier where negative), of any fraction; the edge's value fills what is left. */
export const shiftTime = (samples: Float32Array, shift: number): Float32Array =>
  readAt(samples, (index) => index - shift);

export interface TimeShiftOptions {
  /** 0 to 1. */
  readonly probability: number;
  /** Of either sign. */
  readonly milliseconds: Range;
}

/** The beat elsewhere in its window, as an R peak that was found early or late. Throws BAD_ARGUMENT. */
export function timeShift({ probability, milliseconds }: TimeShiftOptions): Step {
  checkStep("time-shift", probability, { milliseconds: { range: milliseconds } });
  return {
    name: "time-shift",
    keepsTime: false,
    apply({ samples, rateHz }, random) {
      const shift = (draw(milliseconds, random) / 1000) * rateHz;
      return happens(probability, random) ? shiftTime(samples, shift) : samples;
    },
  };
}
