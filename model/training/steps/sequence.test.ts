import type { Scalar, Tensor, Tensor3D, Variable } from "@tensorflow/tfjs-node";
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

  it("has the gradient of the layers", () => {
    const tf = loadTensorflow();
    const shape = liveShape(3);
    const network = buildNetwork(tf, shape, 7);
    const beats = tf.randomNormal([5, 9, shape.embeddingSize + 3], 0, 1, "float32", 1) as Tensor3D;
    const wanted = tf.randomUniform([5, 9, 4], 0, 1, "float32", 4);
    const state = [2, 3].map((seed) => tf.randomNormal([5, shape.units], 0, 0.5, "float32", seed));
    const variables = network.step.trainableWeights.map((weight) => (weight as unknown as { val: Variable }).val);
    const gradients = (probabilitiesOf: (inputs: Tensor3D) => Tensor): Tensor[] => {
      const loss = (inputs: Tensor3D): Scalar => tf.sum(tf.mul(wanted, tf.log(probabilitiesOf(inputs)))).asScalar();
      const { grads } = tf.variableGrads(() => loss(beats), variables);
      return [tf.grad((inputs) => loss(inputs as Tensor3D))(beats), ...variables.map(({ name }) => grads[name])];
    };
    const ours = gradients((inputs) => stepSequence(tf, network, inputs, state).probabilities);
    const theirs = gradients((inputs) => {
      const [sequence] = network.lstm.apply(inputs, { initialState: state }) as Tensor[];
      return network.output.apply(sequence) as Tensor;
    });
    expect(ours).toHaveLength(6);
    ours.forEach((tensor, i) => {
      expect(tensor.shape).toEqual(theirs[i].shape);
      const [largest] = tf.max(tf.abs(theirs[i])).dataSync();
      expect(largest).toBeGreaterThan(0.01);
      expect(tf.max(tf.abs(tf.sub(tensor, theirs[i]))).dataSync()[0]).toBeLessThan(1e-4 * largest);
    });
  });
});
