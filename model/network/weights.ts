import type { LayersModel } from "@tensorflow/tfjs-node";
import { BedsideError } from "../../contracts/errors.ts";

export interface WeightArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** A network's weights by name, e.g. "convolution1/kernel". */
export type Weights = ReadonlyMap<string, WeightArray>;

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

/** Throws BAD_MODEL where there is no such array. */
export function weight(weights: Weights, name: string): WeightArray {
  const found = weights.get(name);
  if (!found) throw new BedsideError("BAD_MODEL", `the network has no weights "${name}"`);
  return found;
}
