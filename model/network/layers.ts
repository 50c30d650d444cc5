import { JUDGED_CLASSES } from "../../contracts/beat.ts";
import type { LayersModel, SymbolicTensor } from "@tensorflow/tfjs-node";
import type { Tensorflow } from "../tensorflow/load.ts";
import { type NetworkShape } from "./shape.ts";
import { type NetworkModels, type NetworkWeights, writeWeights } from "./weights.ts";

type Layer = LayersModel["layers"][number];

/** The two networks as tfjs layers; `lstm` and `output` are `step`'s own layers, for training over sequences. */
export interface Network extends NetworkModels {
  readonly lstm: Layer;
  readonly output: Layer;
}

/** The networks with weights drawn from `seed`. */
export function buildNetwork(tf: Tensorflow, shape: NetworkShape, seed: number): Network {
  return { encode: buildEncoder(tf, shape, seed), ...buildStep(tf, shape, seed + 1000) };
}

/** The networks with these weights. */
export function networkOf(tf: Tensorflow, shape: NetworkShape, weights: NetworkWeights): Network {
  const network = buildNetwork(tf, shape, 0);
  writeWeights(tf, network.encode, weights.encode);
  writeWeights(tf, network.step, weights.step);
  return network;
}

/** [windowLength, 1] → [embeddingSize], each value in −1…1. */
function buildEncoder(tf: Tensorflow, shape: NetworkShape, seed: number): LayersModel {
  const model = tf.sequential({ name: "encode" });
  shape.convolutions.forEach(({ filters, kernelSize, stride, pool }, index) => {
    const number = index + 1;
    model.add(
      tf.layers.conv1d({
        name: `convolution${number}`,
        filters,
        kernelSize,
        strides: stride,
        padding: "valid",
        activation: "relu",
        kernelInitializer: tf.initializers.heNormal({ seed: seed + index }),
        ...(index === 0 && { inputShape: [shape.windowLength, 1] }),
      }),
    );
    if (pool > 1) model.add(tf.layers.maxPooling1d({ name: `pooling${number}`, poolSize: pool, strides: pool }));
  });
  model.add(tf.layers.flatten({ name: "flatten" }));
  model.add(
    tf.layers.dense({
      name: "embedding",
      units: shape.embeddingSize,
      activation: "tanh",
      kernelInitializer: tf.initializers.glorotUniform({ seed: seed + 100 }),
    }),
  );
  return model;
}

/**
 * Inputs: [time, embeddingSize + featureCount], hidden [units], cell [units]; outputs: probabilities [time, 4], hidden, cell.
 * Live, time is 1.
 */
function buildStep(tf: Tensorflow, shape: NetworkShape, seed: number): Omit<Network, "encode"> {
  const beats = tf.input({ name: "beats", shape: [null, shape.embeddingSize + shape.featureCount] });
  const hidden = tf.input({ name: "hidden", shape: [shape.units] });
  const cell = tf.input({ name: "cell", shape: [shape.units] });
  const lstm = tf.layers.lstm({
    name: "lstm",
    units: shape.units,
    returnSequences: true,
    returnState: true,
    recurrentActivation: "sigmoid",
    kernelInitializer: tf.initializers.glorotUniform({ seed }),
    recurrentInitializer: tf.initializers.glorotUniform({ seed: seed + 1 }),
  });
  const output = tf.layers.dense({
    name: "output",
    units: JUDGED_CLASSES.length,
    activation: "softmax",
    kernelInitializer: tf.initializers.glorotUniform({ seed: seed + 2 }),
  });
  const [sequence, ...state] = lstm.apply([beats, hidden, cell]) as SymbolicTensor[];
  // apply() leaves the state's symbols in the call's arguments too, which cannot be serialised and are not needed.
  lstm.inboundNodes[0].callArgs = {};
  const probabilities = output.apply(sequence) as SymbolicTensor;
  const step = tf.model({ name: "step", inputs: [beats, hidden, cell], outputs: [probabilities, ...state] });
  return { step, lstm, output };
}
