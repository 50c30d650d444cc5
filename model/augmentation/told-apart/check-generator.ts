import { createRandom } from "../../../kit/random.ts";
import { type BeatGenerator, fitBeatGenerator, type GeneratorOptions } from "../gmm/generator.ts";
import { tellApart, type ToldApart } from "./told-apart.ts";

/** Synthetic beats told apart from real ones by more than this are no stand-in for them. */
export const TOLD_APART_AIM = 0.65;

export interface GeneratorCheck {
  /** Fitted on one half of the rows. */
  readonly generator: BeatGenerator;
  /** [n × rowLength]: the other half, in an order drawn from the seed, and as many drawn ones. */
  readonly real: Float32Array;
  readonly synthetic: Float32Array;
  readonly toldApart: ToldApart;
  /** Between the two halves of the real rows: what chance gives. */
  readonly control: ToldApart;
  /** For one Gaussian of a diagonal covariance in place of the mixture: what the mixture is worth. */
  readonly oneGaussian: ToldApart;
}

/**
 * Fits a generator on one half of `rows` (of one class), and sees how well its beats are told apart from the other half.
 * Halves are random: a patient's beats are in both, since beats of another patient would be told apart though real.
 * At most `most` rows a half are told apart. Throws BAD_ARGUMENT for fewer than 48 rows.
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
    toldApart: tellApart(real, synthetic, rowLength, seed),
    control: tellApart(real, fitted, rowLength, seed),
    oneGaussian: tellApart(real, plain.generate(count, seed), rowLength, seed),
  };
}

function halves(rows: Float32Array, length: number, seed: number): readonly [Float32Array, Float32Array] {
  const random = createRandom(seed, "halves");
  const order = Array.from({ length: rows.length / length }, (_, i) => i);
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random.uniform() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  const take = (indices: readonly number[]): Float32Array => {
    const taken = new Float32Array(indices.length * length);
    indices.forEach((i, place) => taken.set(rows.subarray(i * length, (i + 1) * length), place * length));
    return taken;
  };
  return [take(order.slice(0, order.length >> 1)), take(order.slice(order.length >> 1))];
}
