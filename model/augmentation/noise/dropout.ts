import { checkStep, draw, happens, type Range, type Step } from "../step.ts";

/** `samples` held at the value of sample `from` for `length` samples, as an electrode that lost contact looks. */
export function holdFlat(samples: Float32Array, from: number, length: number): Float32Array {
  return samples.slice().fill(samples[from] ?? 0, from, from + length);
}

export interface DropoutOptions {
  /** 0 to 1. */
  readonly probability: number;
  /** Length of the flat stretch, ms, ≥ 0. */
  readonly milliseconds: Range;
}

/** One short flat stretch at a random place. Throws BAD_ARGUMENT. */
export function dropout({ probability, milliseconds }: DropoutOptions): Step {
  checkStep("dropout", probability, { milliseconds: { range: milliseconds, least: 0 } });
  return {
    name: "dropout",
    keepsTime: true,
    apply({ samples, rateHz }, random) {
      const length = Math.min(samples.length, Math.round((draw(milliseconds, random) / 1000) * rateHz));
      const from = Math.floor(random.uniform() * (samples.length - length + 1));
      return happens(probability, random) ? holdFlat(samples, from, length) : samples;
    },
  };
}
