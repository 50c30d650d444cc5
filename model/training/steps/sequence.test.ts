import type { Tensor } from "@tensorflow/tfjs-node";
import { describe, expect, it } from "vitest";
import { buildNetwork } from "../../network/layers.ts";
import { liveShape } from "../../network/shape.ts";
import { leftOutWithoutTensorflow } from "../../../testing/model/tensorflow.ts";
import { loadTensorflow } from "../../tensorflow/load.ts";
import { stepSequence } from "./sequence.ts";

describe.skipIf(leftOutWithoutTensorflow("the LSTM over a sequence"))("the LSTM over a sequence", () => {
  it("does what the layers do", () => {
    const tf = loadTensorflow();
    const shape = liveShape(3);
    const network = buildNetwork(tf, shape, 7);
    const beats = tf.randomNormal([5, 9, shape.embeddingSize + 3], 0, 1, "float32", 1) as ReturnType<
      typeof tf.tensor3d
    >;
    const state = [
      tf.randomNormal([5, shape.units], 0, 1, "float32", 2),
      tf.randomNormal([5, shape.units], 0, 1, "float32", 3),
    ];
    const ours = stepSequence(tf, network, beats, state);
    const [probabilities, hidden, cell] = network.step.predict([beats, ...state]) as Tensor[];
    const pairs = [
      [ours.probabilities, probabilities],
      [ours.state[0], hidden],
      [ours.state[1], cell],
    ];
    for (const [a, b] of pairs) expect(tf.max(tf.abs(tf.sub(a, b))).dataSync()[0]).toBeLessThan(1e-6);
  });
});
