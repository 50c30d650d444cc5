import { BEAT_CLASSES } from "../../../contracts/beat.ts";
import { createRandom } from "../../../kit/random.ts";
import type { WeightArray } from "../../network/weights.ts";
import type { RowShape } from "./shape.ts";

/** Where one array lies in a flat vector of all. */
export interface ArraySpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly size: number;
}

/** All that a network has learned, each kind in one vector: optimiser, averages and checkpoints are then plain loops. */
export interface RowWeights {
  /** What the gradient moves. */
  readonly parameters: Float32Array;
  /** Running mean and variance of each normalisation. */
  readonly statistics: Float32Array;
}

/** What the gradient moves: kernels [width, in, out], the LSTM's gates in Keras's order (input, forget, cell, output). */
export function parameterSpecs({ convolutions, units, hidden }: RowShape): ArraySpec[] {
  const shapes: [string, number[]][] = [];
  let channels = 1;
  convolutions.forEach(({ filters, kernelSize }, index) => {
    const number = index + 1;
    shapes.push([`convolution${number}/kernel`, [kernelSize, channels, filters]]);
    shapes.push([`norm${number}/gamma`, [filters]], [`norm${number}/beta`, [filters]]);
    channels = filters;
  });
  shapes.push(["lstm/kernel", [channels, 4 * units]], ["lstm/recurrent_kernel", [units, 4 * units]]);
  shapes.push(["lstm/bias", [4 * units]]);
  shapes.push(["dense/kernel", [units, hidden]], ["dense/bias", [hidden]]);
  shapes.push(["output/kernel", [hidden, BEAT_CLASSES.length]], ["output/bias", [BEAT_CLASSES.length]]);
  return specsOf(shapes);
}

function statisticSpecs({ convolutions }: RowShape): ArraySpec[] {
  return specsOf(
    convolutions.flatMap(({ filters }, index): [string, number[]][] => [
      [`norm${index + 1}/moving_mean`, [filters]],
      [`norm${index + 1}/moving_variance`, [filters]],
    ]),
  );
}

function specsOf(shapes: readonly (readonly [string, readonly number[]])[]): ArraySpec[] {
  let offset = 0;
  return shapes.map(([name, shape]) => {
    const size = shape.reduce((product, length) => product * length, 1);
    offset += size;
    return { name, shape, offset: offset - size, size };
  });
}

/** Weights drawn from `seed`: He et al. 2015 before a ReLU, Glorot & Bengio 2010 elsewhere; the forget gate starts open. */
export function initialWeights(shape: RowShape, seed: number): RowWeights {
  const specs = parameterSpecs(shape);
  const parameters = new Float32Array(sizeOf(specs));
  for (const spec of specs) {
    const random = createRandom(seed, `rows/${spec.name}`);
    const values = parameters.subarray(spec.offset, spec.offset + spec.size);
    const [layer, kind] = spec.name.split("/");
    if (kind === "gamma") values.fill(1);
    else if (spec.name === "lstm/bias") values.fill(1, shape.units, 2 * shape.units);
    else if (kind.endsWith("kernel")) {
      const outputs = spec.shape[spec.shape.length - 1];
      const inputs = spec.size / outputs;
      const rectified = layer.startsWith("convolution") || layer === "dense";
      const deviation = Math.sqrt(2 / (rectified ? inputs : inputs + outputs));
      for (let i = 0; i < values.length; i++) values[i] = deviation * random.normal();
    }
  }
  const statistics = new Float32Array(sizeOf(statisticSpecs(shape)));
  for (const { name, offset, size } of statisticSpecs(shape)) {
    if (name.endsWith("variance")) statistics.fill(1, offset, offset + size);
  }
  return { parameters, statistics };
}

export const sizeOf = (specs: readonly ArraySpec[]): number => specs.reduce((sum, { size }) => sum + size, 0);

/** Copies of the arrays by name. */
export function namedWeights(shape: RowShape, { parameters, statistics }: RowWeights): Map<string, WeightArray> {
  const from = (vector: Float32Array, specs: readonly ArraySpec[]): [string, WeightArray][] =>
    specs.map(({ name, shape: dims, offset, size }) => [
      name,
      { shape: dims, data: vector.slice(offset, offset + size) },
    ]);
  return new Map([...from(parameters, parameterSpecs(shape)), ...from(statistics, statisticSpecs(shape))]);
}

/** The weights of a network whose logits are divided by `temperature`. */
export function temperedWeights(shape: RowShape, weights: RowWeights, temperature: number): RowWeights {
  const parameters = weights.parameters.slice();
  for (const { name, offset, size } of parameterSpecs(shape)) {
    if (!name.startsWith("output/")) continue;
    for (let i = offset; i < offset + size; i++) parameters[i] /= temperature;
  }
  return { parameters, statistics: weights.statistics };
}
