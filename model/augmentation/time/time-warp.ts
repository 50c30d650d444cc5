import { checkStep, draw, happens, type Range, type Step } from "../step.ts";
import { readAt } from "./interpolate.ts";

/**
 * `samples` read at places displaced by Σ weights[k] · sin(π (k + 1) t), t from 0 to 1 over the segment: both ends stay
 * where they are, in between time runs slower and faster without a jump (the time-warping of Um et al., ICMI 2017, §2.2,
 * with sines for their spline). Weights in samples; displacements that would turn time back are scaled down to where it
 * runs at half to one and a half times its pace.
 */
export function warpTime(samples: Float32Array, weights: readonly number[]): Float32Array {
  const span = Math.max(1, samples.length - 1);
  const steepest = weights.reduce((sum, weight, k) => sum + (Math.abs(weight) * Math.PI * (k + 1)) / span, 0);
  const scale = Math.min(1, MOST_STEEP / (steepest || 1));
  return readAt(samples, (index) => {
    let place = index;
    for (let k = 0; k < weights.length; k++) {
      place += scale * weights[k] * Math.sin((Math.PI * (k + 1) * index) / span);
    }
    return place;
  });
}

/** How much faster or slower than before time may run. */
const MOST_STEEP = 0.5;
const SINES = 3;

export interface TimeWarpOptions {
  /** 0 to 1. */
  readonly probability: number;
  /** The most a sample moves, ms, ≥ 0. */
  readonly milliseconds: Range;
}

/** A smooth, random change of pace within the segment. Throws BAD_ARGUMENT. */
export function timeWarp({ probability, milliseconds }: TimeWarpOptions): Step {
  checkStep("warp", probability, { milliseconds: { range: milliseconds, least: 0 } });
  return {
    name: "warp",
    keepsTime: false,
    apply({ samples, rateHz }, random) {
      const most = (draw(milliseconds, random) / 1000) * rateHz;
      const drawn = Array.from({ length: SINES }, () => 2 * random.uniform() - 1);
      const sum = drawn.reduce((total, weight) => total + Math.abs(weight), 0) || 1;
      if (!happens(probability, random)) return samples;
      return warpTime(
        samples,
        drawn.map((weight) => (most * weight) / sum),
      );
    },
  };
}
