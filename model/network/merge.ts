import { lengthsAfter, type NetworkShape } from "./shape.ts";
import { type NetworkWeights, weight, type WeightArray, type Weights } from "./weights.ts";

const GATES = 4;

/** The shape of `count` networks of `shape` side by side. */
export function mergedShape(shape: NetworkShape, count: number): NetworkShape {
  return {
    ...shape,
    convolutions: shape.convolutions.map((layer) => ({ ...layer, filters: layer.filters * count })),
    embeddingSize: shape.embeddingSize * count,
    units: shape.units * count,
  };
}

/**
 * An ensemble as one network of `mergedShape`: the members' weights stand in blocks on the diagonal, the mean of their
 * logits is divided by `temperature` (Guo et al., "On calibration of modern neural networks", ICML 2017, section 4.2).
 * Every engine runs it as it runs any network.
 */
export function mergeWeights(
  shape: NetworkShape,
  members: readonly NetworkWeights[],
  temperature: number,
): NetworkWeights {
  return {
    encode: mergeEncoders(
      shape,
      members.map(({ encode }) => encode),
    ),
    step: mergeSteps(
      shape,
      members.map(({ step }) => step),
      temperature,
    ),
  };
}

function mergeEncoders(shape: NetworkShape, members: readonly Weights[]): Weights {
  const merged = new Map<string, WeightArray>();
  shape.convolutions.forEach((_, index) => {
    const name = `convolution${index + 1}`;
    const kernels = members.map((member) => weight(member, `${name}/kernel`));
    merged.set(`${name}/kernel`, index === 0 ? besideEachOther(kernels) : blockKernels(kernels));
    merged.set(`${name}/bias`, concatenated(members.map((member) => weight(member, `${name}/bias`))));
  });
  const time = lengthsAfter(shape).at(-1) ?? 0;
  const dense = members.map((member) => weight(member, "embedding/kernel"));
  const channels = dense[0].shape[0] / time;
  const { embeddingSize } = shape;
  // Flattened [time, channel]: each moment holds the channels of all members.
  const embedding = empty([time * channels * members.length, embeddingSize * members.length]);
  dense.forEach(({ data }, m) => {
    for (let row = 0; row < time * channels; row++) {
      const moment = Math.floor(row / channels);
      const to = (moment * members.length + m) * channels + (row % channels);
      embedding.data.set(
        data.subarray(row * embeddingSize, (row + 1) * embeddingSize),
        to * embedding.shape[1] + m * embeddingSize,
      );
    }
  });
  merged.set("embedding/kernel", embedding);
  merged.set("embedding/bias", concatenated(members.map((member) => weight(member, "embedding/bias"))));
  return merged;
}

function mergeSteps(shape: NetworkShape, members: readonly Weights[], temperature: number): Weights {
  const count = members.length;
  const { embeddingSize, featureCount, units } = shape;
  const width = GATES * units * count;
  const kernel = empty([embeddingSize * count + featureCount, width]);
  const recurrent = empty([units * count, width]);
  const bias = empty([width]);
  const classes = weight(members[0], "output/bias").data.length;
  const output = empty([units * count, classes]);
  const offset = empty([classes]);
  members.forEach((member, m) => {
    const copyGates = (from: WeightArray, row: number, to: WeightArray, toRow: number): void => {
      for (let gate = 0; gate < GATES; gate++) {
        const at = row * GATES * units + gate * units;
        to.data.set(from.data.subarray(at, at + units), toRow * width + (gate * count + m) * units);
      }
    };
    const own = weight(member, "lstm/kernel");
    for (let row = 0; row < embeddingSize; row++) copyGates(own, row, kernel, m * embeddingSize + row);
    for (let row = 0; row < featureCount; row++)
      copyGates(own, embeddingSize + row, kernel, embeddingSize * count + row);
    for (let row = 0; row < units; row++)
      copyGates(weight(member, "lstm/recurrent_kernel"), row, recurrent, m * units + row);
    copyGates(weight(member, "lstm/bias"), 0, bias, 0);
    const share = 1 / (count * temperature);
    output.data.set(
      weight(member, "output/kernel").data.map((value) => value * share),
      m * units * classes,
    );
    weight(member, "output/bias").data.forEach((value, k) => (offset.data[k] += value * share));
  });
  return new Map([
    ["lstm/kernel", kernel],
    ["lstm/recurrent_kernel", recurrent],
    ["lstm/bias", bias],
    ["output/kernel", output],
    ["output/bias", offset],
  ]);
}

/** Kernels [width, in, out] that share their input, their outputs one after the other. */
function besideEachOther(kernels: readonly WeightArray[]): WeightArray {
  const [width, inputs, outputs] = kernels[0].shape;
  const merged = empty([width, inputs, outputs * kernels.length]);
  kernels.forEach(({ data }, m) => {
    for (let row = 0; row < width * inputs; row++) {
      merged.data.set(data.subarray(row * outputs, (row + 1) * outputs), (row * kernels.length + m) * outputs);
    }
  });
  return merged;
}

/** Kernels [width, in, out], each from its own inputs to its own outputs. */
function blockKernels(kernels: readonly WeightArray[]): WeightArray {
  const [width, inputs, outputs] = kernels[0].shape;
  const count = kernels.length;
  const merged = empty([width, inputs * count, outputs * count]);
  kernels.forEach(({ data }, m) => {
    for (let k = 0; k < width; k++) {
      for (let i = 0; i < inputs; i++) {
        const at = (k * inputs + i) * outputs;
        merged.data.set(data.subarray(at, at + outputs), ((k * inputs * count + m * inputs + i) * count + m) * outputs);
      }
    }
  });
  return merged;
}

function concatenated(arrays: readonly WeightArray[]): WeightArray {
  const data = Float32Array.from(arrays.flatMap((array) => [...array.data]));
  return { shape: [data.length], data };
}

const empty = (shape: readonly number[]): { shape: readonly number[]; data: Float32Array } => ({
  shape,
  data: new Float32Array(shape.reduce((product, size) => product * size, 1)),
});
