import { BEAT_CLASSES } from "../../../contracts/beat.ts";
import type { LayersModel } from "@tensorflow/tfjs-node";
import { type Weights, writeWeights } from "../../network/weights.ts";
import type { Tensorflow } from "../../tensorflow/load.ts";
import { ROW_LENGTH } from "../classifier.ts";
import { NORM_EPSILON, type RowShape } from "./shape.ts";

/** The network as tfjs layers with these weights: [187, 1] → probabilities [5]. For files and engines, not for training. */
export function rowLayers(tf: Tensorflow, shape: RowShape, weights: Weights): LayersModel {
  const model = tf.sequential({ name: "rows" });
  shape.convolutions.forEach(({ filters, kernelSize, stride }, index) => {
    const number = index + 1;
    model.add(
      tf.layers.conv1d({
        name: `convolution${number}`,
        filters,
        kernelSize,
        strides: stride,
        padding: "same",
        useBias: false,
        ...(index === 0 && { inputShape: [ROW_LENGTH, 1] }),
      }),
    );
    model.add(tf.layers.batchNormalization({ name: `norm${number}`, epsilon: NORM_EPSILON }));
    model.add(tf.layers.reLU({ name: `rectifier${number}` }));
  });
  model.add(tf.layers.lstm({ name: "lstm", units: shape.units, recurrentActivation: "sigmoid" }));
  model.add(tf.layers.dense({ name: "dense", units: shape.hidden, activation: "relu" }));
  model.add(tf.layers.dense({ name: "output", units: BEAT_CLASSES.length, activation: "softmax" }));
  writeWeights(tf, model, weights);
  return model;
}
