import { BedsideError } from "../../contracts/errors.ts";
import { signalPower } from "../../data/noise.ts";
import { createRandom, type Random } from "../../kit/random.ts";
import type { Step } from "./step.ts";

export interface DataAugmentationOptions {
  readonly seed: number;
  /** Applied in this order, each with a stream of random numbers of its own; no name twice. */
  readonly steps: readonly Step[];
}

/** What is known of a segment beside its samples. */
export interface SegmentFacts {
  /**
   * Names the draws: one seed, key and list of steps always give one result, whatever was called before. Default: the
   * number of segments augmented so far.
   */
  readonly key?: string | number;
  /** Indices of its R peaks: a ratio of signal to noise is of their QRS; without them, of the segment's whole range. */
  readonly rSamples?: readonly number[];
}

/** A whole recording of one lead, mV. */
export interface AugmentedRecording {
  readonly name: string;
  readonly samplingRateHz: number;
  readonly millivolts: Float32Array;
}

/** First numbers of a stream that are left out: streams of keys that follow one another begin alike. */
const WARM_UP = 8;

/**
 * Augmented copies of segments and recordings, composed of steps and made from a seed:
 *
 *     const augmentation = new DataAugmentation({ seed: 1, steps: [
 *       stretch({ probability: 0.5, factor: [0.9, 1.1] }),
 *       recordedNoise({ probability: 0.8, snrDb: [6, 24], records: [em, ma, bw] }),
 *     ] });
 *     augmentation.apply(window, 125, { rSamples: [62] });
 */
export class DataAugmentation {
  private readonly seed: number;
  private readonly steps: readonly Step[];
  private calls = 0;

  /** Throws BAD_ARGUMENT. */
  constructor({ seed, steps }: DataAugmentationOptions) {
    if (new Set(steps.map(({ name }) => name)).size < steps.length) {
      throw new BedsideError("BAD_ARGUMENT", "augmentation: a step stands twice in the list, give each once");
    }
    this.seed = seed;
    this.steps = steps;
  }

  /** An augmented copy of a segment or window at `rateHz`, as long as it was. Throws BAD_ARGUMENT. */
  apply(samples: Float32Array, rateHz: number, { key = this.calls++, rSamples }: SegmentFacts = {}): Float32Array {
    const power = rSamples?.length ? signalPower(samples, rSamples, rateHz) : powerOfRange(samples);
    const fixedAt = rSamples?.[0] ?? 0;
    let changed = samples;
    for (const step of this.steps) {
      const random = this.stream(step, key);
      for (let i = 0; i < WARM_UP; i++) random.uniform();
      changed = step.apply({ samples: changed, rateHz, signalPower: power, fixedAt }, random);
    }
    return changed === samples ? samples.slice() : changed;
  }

  /**
   * Augmented copies of `count` segments that stand one behind the other in `rows`, equally long. Row i has key
   * `firstKey` + i, so two batches give what one of both would. Throws BAD_ARGUMENT.
   */
  applyBatch(
    rows: Float32Array,
    count: number,
    rateHz: number,
    { firstKey = this.calls, rSamples }: { firstKey?: number; rSamples?: readonly number[] } = {},
  ): Float32Array {
    const length = rows.length / count;
    if (!Number.isInteger(length)) {
      throw new BedsideError("BAD_ARGUMENT", `augmentation: ${rows.length} samples do not make ${count} equal rows`);
    }
    const changed = new Float32Array(rows.length);
    for (let i = 0; i < count; i++) {
      const row = rows.subarray(i * length, (i + 1) * length);
      const facts = { key: firstKey + i, ...(rSamples === undefined ? {} : { rSamples }) };
      changed.set(this.apply(row, rateHz, facts), i * length);
    }
    this.calls = Math.max(this.calls, firstKey + count);
    return changed;
  }

  /**
   * An augmented copy of a whole recording in stretches of `stretchSeconds`, each with draws of its own. Ratios of signal
   * to noise are of the recording's QRS at `rSamples`. Annotations stay true: steps that move time throw BAD_ARGUMENT.
   */
  applyToRecording<T extends AugmentedRecording>(
    recording: T,
    { rSamples, stretchSeconds }: { readonly rSamples: readonly number[]; readonly stretchSeconds: number },
  ): T {
    const { name, samplingRateHz: rateHz, millivolts } = recording;
    const moving = this.steps.filter(({ keepsTime }) => !keepsTime).map((step) => step.name);
    if (moving.length > 0) {
      throw new BedsideError(
        "BAD_ARGUMENT",
        `augmentation ${moving.join(", ")}: moves time, leave it out of recordings`,
      );
    }
    const length = Math.round(stretchSeconds * rateHz);
    if (!(length > 0)) throw new BedsideError("BAD_ARGUMENT", "augmentation: stretchSeconds must be above 0");
    const power = signalPower(millivolts, rSamples, rateHz);
    const streams = this.steps.map((step) => this.stream(step, name));
    const result = new Float32Array(millivolts.length);
    for (let from = 0; from < millivolts.length; from += length) {
      const samples = millivolts.subarray(from, from + length);
      const changed = this.steps.reduce(
        (now, step, i) => step.apply({ samples: now, rateHz, signalPower: power, fixedAt: 0 }, streams[i]),
        samples,
      );
      result.set(changed, from);
    }
    return { ...recording, millivolts: result };
  }

  private stream(step: Step, key: string | number): Random {
    return createRandom(this.seed, `${step.name}/${key}`);
  }
}

/** NSTDB's p²/8 with the whole range as p, missing samples (NaN) left out: a beat's window has its range from the QRS. */
function powerOfRange(samples: Float32Array): number {
  let low = Infinity;
  let high = -Infinity;
  for (const value of samples) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high > low ? (high - low) ** 2 / 8 : 0;
}
