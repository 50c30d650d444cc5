import type { LayersModel } from "@tensorflow/tfjs-layers";
import { LAYERS_FILES, readCard } from "../../model/card/live-folder.ts";
import { readRowCard, ROW_LAYERS } from "../../model/card/row-folder.ts";
import { openLayers } from "../../model/engines/layers.ts";
import { loadTfjs } from "../../model/tensorflow/tfjs.ts";

/**
 * What a model takes of memory and time, whatever runs it: of the graphs as they run, so with the zeros between the
 * members of an ensemble in one graph and the statistics of batch normalisation, which a card's number leaves out.
 */
export interface Cost {
  readonly parameters: number;
  /** Millions of floating-point operations a beat: a multiplication and an addition for each weight's use. */
  readonly mflop: number;
}

type Layer = LayersModel["layers"][number];

/** Of the live model: one encode and one step. */
export async function liveCost(folder: string): Promise<Cost> {
  const tf = await loadTfjs("tfjs-wasm");
  const card = await readCard(folder);
  const costs = [];
  for (const file of [LAYERS_FILES.encode, LAYERS_FILES.step]) {
    costs.push(costOf(await openLayers(tf, folder, file, card)));
  }
  return {
    parameters: costs.reduce((sum, { parameters }) => sum + parameters, 0),
    mflop: costs.reduce((sum, { mflop }) => sum + mflop, 0),
  };
}

/** Of the model of isolated beats: one row. */
export async function rowsCost(folder: string): Promise<Cost> {
  const tf = await loadTfjs("tfjs-wasm");
  const card = await readRowCard(folder);
  return costOf(await openLayers(tf, folder, ROW_LAYERS, card));
}

function costOf(model: LayersModel): Cost {
  const operations = model.layers.reduce((sum, layer) => sum + operationsOf(layer), 0);
  return { parameters: model.countParams(), mflop: operations / 1e6 };
}

/** Two operations for each use of a weight of a kernel; biases, activations and pooling are next to nothing. */
function operationsOf(layer: Layer): number {
  const kernels = layer.weights.filter(({ shape }) => shape.length > 1);
  const weights = kernels.reduce(
    (sum, { shape }) => sum + shape.reduce<number>((product, size) => product * (size ?? 1), 1),
    0,
  );
  return 2 * weights * usesOf(layer);
}

/** How often a beat uses each weight of the layer's kernels: at each place of a convolution, at each step of an LSTM. */
function usesOf(layer: Layer): number {
  const shapeOf = (shape: Layer["outputShape"]): readonly (number | null)[] =>
    (Array.isArray(shape[0]) ? shape[0] : shape) as (number | null)[];
  switch (layer.getClassName()) {
    case "Conv1D":
      return shapeOf(layer.outputShape)[1] ?? 1;
    case "LSTM": {
      const input = Array.isArray(layer.input) ? layer.input[0] : layer.input;
      return input.shape[1] ?? 1;
    }
    case "Dense":
      return 1;
    default:
      // A layer with kernels of which it is not known how they are used would make the sum a guess.
      if (layer.weights.some(({ shape }) => shape.length > 1)) throw new Error(`cost of ${layer.getClassName()}?`);
      return 0;
  }
}
