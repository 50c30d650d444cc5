import { createRandom } from "../../../kit/random.ts";
import { shuffle } from "../../../kit/shuffle.ts";
import { type BeatGenerator, fitBeatGenerator, type GeneratorOptions } from "../gmm/generator.ts";
import { twoSampleTest, type TwoSampleResult } from "./two-sample-test.ts";

/** Where a learner tells generated beats from real ones with a higher accuracy, they are no stand-in for them. */
export const ACCURACY_AIM = 0.65;

export interface GeneratorCheck {
  /** Fitted on one half of the rows. */
  readonly generator: BeatGenerator;
  /** [n × rowLength]: the other half, in an order drawn from the seed, and as many drawn ones. */
  readonly real: Float32Array;
  readonly synthetic: Float32Array;
  readonly twoSample: TwoSampleResult;
  /** Between the two halves of the real rows: what chance gives. */
  readonly control: TwoSampleResult;
  /** For one Gaussian of a diagonal covariance in place of the mixture: what the mixture is worth. */
  readonly oneGaussian: TwoSampleResult;
}

/**
 * Fits a generator on one half of `rows` (of one class), and tests its beats against the other half.
 * Halves are random: a patient's beats are in both, since beats of another patient would be known though real.
 * At most `most` rows a half are tested. Throws BAD_ARGUMENT for fewer than 48 rows.
 */
export function checkGenerator(rows: Float32Array, options: GeneratorOptions, most = 1000): GeneratorCheck {
  const { rowLength, seed } = options;
  const [fitted, held] = halves(rows, rowLength, seed);
  const generator = fitBeatGenerator(fitted, options);
  const count = Math.min(most, held.length / rowLength);
  const real = held.subarray(0, count * rowLength);
  const synthetic = generator.generate(count, seed);
  const plain = fitBeatGenerator(fitted, { ...options, sizes: [1], kinds: ["diagonal"] });
  return {
    generator,
    real,
    synthetic,
    twoSample: twoSampleTest(real, synthetic, rowLength, seed),
    control: twoSampleTest(real, fitted, rowLength, seed),
    oneGaussian: twoSampleTest(real, plain.generate(count, seed), rowLength, seed),
  };
}

function halves(rows: Float32Array, length: number, seed: number): readonly [Float32Array, Float32Array] {
  const order = shuffle(
    Array.from({ length: rows.length / length }, (_, i) => i),
    createRandom(seed, "halves"),
  );
  const take = (indices: readonly number[]): Float32Array => {
    const taken = new Float32Array(indices.length * length);
    indices.forEach((i, place) => taken.set(rows.subarray(i * length, (i + 1) * length), place * length));
    return taken;
  };
  return [take(order.slice(0, order.length >> 1)), take(order.slice(order.length >> 1))];
}
