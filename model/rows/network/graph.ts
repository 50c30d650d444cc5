import { BEAT_CLASSES } from "../../../contracts/beat.ts";
import { GraphBuilder, kernelForOnnx } from "../../onnx/graph.ts";
import { layerOf, weight, type WeightArray, type Weights } from "../../network/weights.ts";
import { ROW_LENGTH } from "../classifier.ts";
import { NORM_EPSILON, placements, type RowShape } from "./shape.ts";

/**
 * rows [count × 187] → probabilities [count × 5], as an ONNX file's bytes. Each normalisation is folded into the
 * convolution before it. Rows are pictures one sample high: onnxruntime has its fast layout (NCHWc) for convolutions in two
 * dimensions only, which takes two thirds of the time.
 */
export function rowGraph(shape: RowShape, weights: Weights): Uint8Array {
  const graph = new GraphBuilder();
  const lengths = placements(shape);
  let [last] = graph.node("picture", "Reshape", ["rows", graph.integers("pictureShape", [-1, 1, 1, ROW_LENGTH])]);
  shape.convolutions.forEach(({ kernelSize, stride }, index) => {
    const number = index + 1;
    const { kernel, bias } = foldNorm(weights, number);
    const [outputs, channels, width] = kernel.shape;
    const { before, behind } = lengths[index];
    const inputs = [
      last,
      graph.floats(`convolution${number}/kernel`, [outputs, channels, 1, width], kernel.data),
      graph.floats(`convolution${number}/bias`, bias.shape, bias.data),
    ];
    [last] = graph.node(`convolution${number}`, "Conv", inputs, {
      attributes: { kernel_shape: [1, kernelSize], strides: [1, stride], pads: [0, before, 0, behind] },
    });
    [last] = graph.node(`rectifier${number}`, "Relu", [last]);
  });
  [last] = graph.node("channels", "Reshape", [last, graph.integers("channelsShape", [0, 0, -1])]);
  [last] = graph.node("sequence", "Transpose", [last], { attributes: { perm: [2, 0, 1] } });
  last = lstmNode(graph, last, weights, shape.units);
  [last] = graph.dense("dense", last, layerOf(weights, "dense"));
  [last] = graph.node("densely rectified", "Relu", [last]);
  [last] = graph.dense("output", last, layerOf(weights, "output"));
  graph.node("probabilities", "Softmax", [last], { attributes: { axis: 1 } });
  return graph.bytes("rows", { rows: ROW_LENGTH }, { probabilities: BEAT_CLASSES.length });
}

/** gamma (conv − mean) / √(variance + ε) + beta is a convolution again; its kernel turned to ONNX's [out, in, width]. */
function foldNorm(weights: Weights, number: number): { kernel: WeightArray; bias: WeightArray } {
  const kernel = kernelForOnnx(weight(weights, `convolution${number}/kernel`));
  const [outputs, inputs, width] = kernel.shape;
  const part = (name: string): Float32Array => weight(weights, `norm${number}/${name}`).data;
  const [gamma, beta, mean, variance] = ["gamma", "beta", "moving_mean", "moving_variance"].map(part);
  const bias = new Float32Array(outputs);
  for (let o = 0; o < outputs; o++) {
    const scale = gamma[o] / Math.sqrt(variance[o] + NORM_EPSILON);
    bias[o] = beta[o] - mean[o] * scale;
    const row = kernel.data.subarray(o * inputs * width, (o + 1) * inputs * width);
    row.forEach((value, i) => (row[i] = scale * value));
  }
  return { kernel, bias: { shape: [outputs], data: bias } };
}

/** The LSTM's last hidden output [count × units]. */
function lstmNode(graph: GraphBuilder, sequence: string, weights: Weights, units: number): string {
  const turned = (name: string): string => {
    const { shape, data } = gatesForOnnx(weight(weights, name), units);
    return graph.floats(name, [1, ...shape], data);
  };
  const bias = gatesForOnnx({ shape: [1, 4 * units], data: weight(weights, "lstm/bias").data }, units).data;
  const both = new Float32Array(8 * units);
  both.set(bias);
  const inputs = [sequence, turned("lstm/kernel"), turned("lstm/recurrent_kernel")];
  inputs.push(graph.floats("lstm/bias", [1, 8 * units], both));
  graph.node("lstm", "LSTM", inputs, { attributes: { hidden_size: units }, outputs: ["", "lastOutput"] });
  return graph.node("last", "Reshape", ["lastOutput", graph.integers("lastShape", [-1, units])])[0];
}

/** [inputs, 4 × units] with gates input, forget, cell, output → ONNX's [4 × units, inputs] with input, output, forget, cell. */
function gatesForOnnx({ shape: [inputs], data }: WeightArray, units: number): WeightArray {
  const turned = new Float32Array(data.length);
  [0, 3, 1, 2].forEach((from, to) => {
    for (let u = 0; u < units; u++) {
      for (let i = 0; i < inputs; i++) {
        turned[(to * units + u) * inputs + i] = data[i * 4 * units + from * units + u];
      }
    }
  });
  return { shape: [4 * units, inputs], data: turned };
}
