import { BedsideError } from "../../../contracts/errors.ts";
import { ROW_GRAPH, ROW_LAYERS } from "../../card/row-folder.ts";
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
  const files = new Map([[ROW_GRAPH, rowGraph(shape, named)]]);
  const model = rowLayers(tf, shape, named);
  const handler = tf.io.withSaveHandler(async ({ modelTopology, weightSpecs, weightData }) => {
    if (!(weightData instanceof ArrayBuffer)) {
      throw new BedsideError("BAD_MODEL", "tfjs gave no single buffer of weights for the row model");
    }
    const manifest = [{ paths: ["weights.bin"], weights: weightSpecs }];
    const json = { format: "layers-model", modelTopology, weightsManifest: manifest };
    files.set(ROW_LAYERS.json, new TextEncoder().encode(JSON.stringify(json)));
    files.set(ROW_LAYERS.weights, new Uint8Array(weightData));
    return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
  });
  await model.save(handler);
  model.dispose();
  return files;
}
