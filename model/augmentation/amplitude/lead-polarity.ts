import { checkStep, happens, type Step } from "../step.ts";

/** `samples` upside down about 0: the electrodes of the lead were swapped. */
export const reversePolarity = (samples: Float32Array): Float32Array => samples.map((value) => -value);

export interface LeadPolarityOptions {
  /** 0 to 1. */
  readonly probability: number;
}

/** The lead upside down. Throws BAD_ARGUMENT. */
export function leadPolarity({ probability }: LeadPolarityOptions): Step {
  checkStep("polarity", probability, {});
  return {
    name: "polarity",
    keepsTime: true,
    apply: ({ samples }, random) => (happens(probability, random) ? reversePolarity(samples) : samples),
  };
}
