import { JUDGED_CLASSES } from "../../contracts/beat.ts";
import { type NetworkShape } from "../network/shape.ts";
import { layerOf, weight, type WeightArray, type Weights } from "../network/weights.ts";
import { GraphBuilder } from "./graph.ts";

/**
 * embeddings, features, state (hidden, cell) → probabilities, nextState, as an ONNX file's bytes. The LSTM cell
 * (Hochreiter and Schmidhuber 1997, with a forget gate after Gers 2000; gates in Keras's order input, forget, cell,
 * output) is written out in elementary operators: one matrix product over all its inputs.
 */
export function stepGraph(shape: NetworkShape, weights: Weights): Uint8Array {
  const graph = new GraphBuilder();
  const { embeddingSize, featureCount, units } = shape;
  graph.node("state halves", "Split", ["state", graph.integers("halves", [units, units])], {
    attributes: { axis: 1 },
    outputs: ["hidden", "cell"],
  });
  const [inputs] = graph.node("inputs", "Concat", ["embeddings", "features", "hidden"], { attributes: { axis: 1 } });
  const kernel = stackRows(weight(weights, "lstm/kernel"), weight(weights, "lstm/recurrent_kernel"));
  const bias = weight(weights, "lstm/bias");
  const [sums] = graph.node("sums", "Gemm", [
    inputs,
    graph.floats("lstm/kernels", kernel.shape, kernel.data),
    graph.floats("lstm/bias", bias.shape, bias.data),
  ]);
  graph.node("gates", "Split", [sums, graph.integers("gateSizes", [units, units, units, units])], {
    attributes: { axis: 1 },
    outputs: ["inputSum", "forgetSum", "cellSum", "outputSum"],
  });
  graph.node("inputGate", "Sigmoid", ["inputSum"]);
  graph.node("forgetGate", "Sigmoid", ["forgetSum"]);
  graph.node("candidate", "Tanh", ["cellSum"]);
  graph.node("outputGate", "Sigmoid", ["outputSum"]);
  graph.node("kept", "Mul", ["forgetGate", "cell"]);
  graph.node("added", "Mul", ["inputGate", "candidate"]);
  graph.node("nextCell", "Add", ["kept", "added"]);
  graph.node("activation", "Tanh", ["nextCell"]);
  graph.node("nextHidden", "Mul", ["outputGate", "activation"]);
  graph.node("nextState", "Concat", ["nextHidden", "nextCell"], { attributes: { axis: 1 } });
  graph.dense("logits", "nextHidden", layerOf(weights, "output"), "output");
  graph.node("probabilities", "Softmax", ["logits"], { attributes: { axis: 1 } });
  return graph.bytes(
    "step",
    { embeddings: embeddingSize, features: featureCount, state: 2 * units },
    { probabilities: JUDGED_CLASSES.length, nextState: 2 * units },
  );
}

function stackRows(above: WeightArray, below: WeightArray): WeightArray {
  const data = new Float32Array(above.data.length + below.data.length);
  data.set(above.data);
  data.set(below.data, above.data.length);
  return { shape: [above.shape[0] + below.shape[0], above.shape[1]], data };
}
