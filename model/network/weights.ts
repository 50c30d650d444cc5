import type { LayersModel } from "@tensorflow/tfjs-node";
import { BedsideError } from "../../contracts/errors.ts";
import type { Tensorflow } from "../tensorflow/load.ts";

export interface WeightArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** A network's weights by name, e.g. "convolution1/kernel". */
export type Weights = ReadonlyMap<string, WeightArray>;

/** The weights of both networks. */
export interface NetworkWeights {
  readonly encode: Weights;
  readonly step: Weights;
}

/** Both networks as layers models. */
export interface NetworkModels {
  readonly encode: LayersModel;
  readonly step: LayersModel;
}

/** A copy of the network's weights. */
export const weightsOf = ({ encode, step }: NetworkModels): NetworkWeights => ({
  encode: readWeights(encode),
  step: readWeights(step),
});

/** Puts weights into a layers model of their shape. Throws BAD_MODEL where one is missing. */
export function writeWeights(tf: Tensorflow, model: LayersModel, weights: Weights): void {
  for (const layer of model.layers) {
    const tensors = layer.weights.map((variable) => {
      const { shape, data } = weight(weights, `${layer.name}/${variable.originalName.split("/").at(-1)}`);
      return tf.tensor(data, [...shape]);
    });
    if (tensors.length > 0) layer.setWeights(tensors);
    for (const tensor of tensors) tensor.dispose();
  }
}

/** A copy of the weights of a layers model. */
export function readWeights(model: LayersModel): Weights {
  const weights = new Map<string, WeightArray>();
  for (const layer of model.layers) {
    layer.getWeights().forEach((tensor, index) => {
      const name = layer.weights[index].originalName.split("/").at(-1);
      weights.set(`${layer.name}/${name}`, { shape: [...tensor.shape], data: Float32Array.from(tensor.dataSync()) });
    });
  }
  return weights;
}

/** Kernel and bias of a layer. Throws BAD_MODEL where one is missing. */
export const layerOf = (
  weights: Weights,
  name: string,
): { readonly kernel: WeightArray; readonly bias: WeightArray } => ({
  kernel: weight(weights, `${name}/kernel`),
  bias: weight(weights, `${name}/bias`),
});

/** Throws BAD_MODEL where there is no such array. */
export function weight(weights: Weights, name: string): WeightArray {
  const found = weights.get(name);
  if (!found) throw new BedsideError("BAD_MODEL", `the network has no weights "${name}"`);
  return found;
}
