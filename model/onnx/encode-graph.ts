import { lengthsAfter, type NetworkShape } from "../network/shape.ts";
import { weight, type WeightArray, type Weights } from "../network/weights.ts";
import { GraphBuilder, kernelForOnnx } from "./graph.ts";

/** windows [count × windowLength] → embeddings [count × embeddingSize], as an ONNX file's bytes. */
export function encodeGraph(shape: NetworkShape, weights: Weights): Uint8Array {
  const graph = new GraphBuilder();
  const { windowLength, embeddingSize } = shape;
  let [last] = graph.node("channel", "Reshape", ["windows", graph.integers("channelShape", [-1, 1, windowLength])]);
  shape.convolutions.forEach(({ kernelSize, stride, pool }, index) => {
    const number = index + 1;
    const kernel = kernelForOnnx(weight(weights, `convolution${number}/kernel`));
    const bias = weight(weights, `convolution${number}/bias`);
    [last] = graph.node(
      `convolution${number}`,
      "Conv",
      [
        last,
        graph.floats(`convolution${number}/kernel`, kernel.shape, kernel.data),
        graph.floats(`convolution${number}/bias`, bias.shape, bias.data),
      ],
      { attributes: { kernel_shape: [kernelSize], strides: [stride], pads: [0, 0] } },
    );
    [last] = graph.node(`rectifier${number}`, "Relu", [last]);
    if (pool > 1) {
      [last] = graph.node(`pooling${number}`, "MaxPool", [last], {
        attributes: { kernel_shape: [pool], strides: [pool] },
      });
    }
  });
  [last] = graph.node("flatten", "Flatten", [last]);
  const dense = denseForOnnx(weight(weights, "embedding/kernel"), lengthsAfter(shape).at(-1) ?? 0);
  [last] = graph.dense("embedding", last, { kernel: dense, bias: weight(weights, "embedding/bias") });
  graph.node("embeddings", "Tanh", [last]);
  return graph.bytes("encode", { windows: windowLength }, { embeddings: embeddingSize });
}

/** tfjs flattens [time, channel], ONNX [channel, time]: the rows of the dense kernel change places. */
function denseForOnnx({ shape: [rows, units], data }: WeightArray, length: number): WeightArray {
  const channels = rows / length;
  const turned = new Float32Array(data.length);
  for (let t = 0; t < length; t++) {
    for (let c = 0; c < channels; c++) {
      const row = data.subarray((t * channels + c) * units, (t * channels + c + 1) * units);
      turned.set(row, (c * length + t) * units);
    }
  }
  return { shape: [rows, units], data: turned };
}
