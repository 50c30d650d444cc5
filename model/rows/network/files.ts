import { ROW_GRAPH, ROW_LAYERS } from "../../card/row-folder.ts";
import { layersFiles } from "../../tensorflow/layers-files.ts";
import type { Tensorflow } from "../../tensorflow/load.ts";
import { rowGraph } from "./graph.ts";
import { rowLayers } from "./layers.ts";
import { namedWeights, type RowWeights } from "./parameters.ts";
import type { RowShape } from "./shape.ts";

/** The files of the row model's folder: the ONNX graph, and the weights in tfjs's layers format. */
export async function rowFiles(
  tf: Tensorflow,
  shape: RowShape,
  weights: RowWeights,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const named = namedWeights(shape, weights);
  const model = rowLayers(tf, shape, named);
  const files = new Map([[ROW_GRAPH, rowGraph(shape, named)], ...(await layersFiles(tf, ROW_LAYERS, model))]);
  model.dispose();
  return files;
}
