import { BedsideError } from "../../contracts/errors.ts";
import type { Random } from "../../kit/random.ts";

/** Lowest and highest value that is drawn, uniformly. */
export type Range = readonly [lowest: number, highest: number];

/** What a step knows of the segment it changes. */
export interface Segment {
  readonly samples: Float32Array;
  readonly rateHz: number;
  /** Power of the clean signal by NSTDB's definition (data/noise.ts), in the samples' unit squared. */
  readonly signalPower: number;
  /** The sample that keeps its place when time is stretched: the first R peak, 0 where none is known. */
  readonly fixedAt: number;
}

/**
 * One transform with the chance that it is applied and the ranges its strengths are drawn from. It draws the same count of
 * numbers whether it is applied or not, so that a change of its chance moves nothing else.
 */
export interface Step {
  /** Names its stream of random numbers. */
  readonly name: string;
  /** Whether every sample keeps its time, as whole recordings with annotations need it. */
  readonly keepsTime: boolean;
  /** The changed samples, as many as there were; the segment's own stay as they are. */
  apply(segment: Segment, random: Random): Float32Array;
}

/** Uniform within `range`. */
export const draw = ([lowest, highest]: Range, random: Random): number =>
  lowest + random.uniform() * (highest - lowest);

/** Whether something of this probability happens. */
export const happens = (probability: number, random: Random): boolean => random.uniform() >= 1 - probability;

/** Throws BAD_ARGUMENT unless `probability` is one and the ranges of `name` ascend within their limits. */
export function checkStep(name: string, probability: number, ranges: Readonly<Record<string, Limited>>): void {
  if (!(probability >= 0 && probability <= 1)) {
    throw new BedsideError("BAD_ARGUMENT", `augmentation ${name}: probability ${probability}, give one from 0 to 1`);
  }
  for (const [option, { range, least = -Infinity, most = Infinity }] of Object.entries(ranges)) {
    const [lowest, highest] = range;
    if (lowest <= highest && lowest >= least && highest <= most && Number.isFinite(highest - lowest)) continue;
    throw new BedsideError(
      "BAD_ARGUMENT",
      `augmentation ${name}: ${option} [${range.join(", ")}], give [lowest, highest] within ${least} to ${most}`,
    );
  }
}

interface Limited {
  readonly range: Range;
  readonly least?: number;
  readonly most?: number;
}
