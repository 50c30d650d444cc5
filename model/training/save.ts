import { GRAPH_FILES, LAYERS_FILES } from "../card/live-folder.ts";
import { encodeGraph } from "../onnx/encode-graph.ts";
import { stepGraph } from "../onnx/step-graph.ts";
import type { OnnxGraphs } from "../engines/onnx.ts";
import { layersFiles } from "../tensorflow/layers-files.ts";
import type { Tensorflow } from "../tensorflow/load.ts";
import type { Network } from "../network/layers.ts";
import type { NetworkShape } from "../network/shape.ts";
import { type NetworkWeights, weightsOf } from "../network/weights.ts";

/** The weights as the ONNX graphs that serve them. */
export function exportGraphs(shape: NetworkShape, { encode, step }: NetworkWeights): OnnxGraphs {
  return { encode: encodeGraph(shape, encode), step: stepGraph(shape, step) };
}

/** The files of a model's folder: both graphs, and the weights in tfjs's layers format. */
export async function exportFiles(
  tf: Tensorflow,
  shape: NetworkShape,
  network: Network,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const graphs = exportGraphs(shape, weightsOf(network));
  return new Map([
    [GRAPH_FILES.encode, graphs.encode],
    [GRAPH_FILES.step, graphs.step],
    ...(await layersFiles(tf, LAYERS_FILES.encode, network.encode)),
    ...(await layersFiles(tf, LAYERS_FILES.step, network.step)),
  ]);
}
