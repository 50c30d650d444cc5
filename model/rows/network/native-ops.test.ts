import type { Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from "@tensorflow/tfjs-node";
import { describe, expect, it } from "vitest";
import { leftOutWithoutTensorflow } from "../../../testing/model/tensorflow.ts";
import { loadTensorflow } from "../../tensorflow/load.ts";
import { nativeOps } from "./native-ops.ts";
import { NORM_EPSILON } from "./shape.ts";

describe.skipIf(leftOutWithoutTensorflow("native operations"))("TensorFlow's own kernels", () => {
  const tf = loadTensorflow();
  const native = nativeOps(tf);
  const draw = (shape: number[], seed: number): Tensor => tf.randomNormal(shape, 0, 0.5, "float32", seed);

  /** Value and gradients of Σ f × weights, so that no gradient is the same everywhere. */
  const gradientsOf = (f: (...args: Tensor[]) => Tensor, args: Tensor[]): number[][] => {
    const { value, grads } = tf.valueAndGrads((...tensors: Tensor[]) => {
      const result = f(...tensors);
      return tf.sum(tf.mul(result, draw(result.shape, 99))).asScalar();
    })(args);
    return [value, ...grads].map((tensor) => Array.from(tensor.dataSync()));
  };
  const largestDifference = (actual: number[][], expected: number[][]): number =>
    Math.max(...actual.flatMap((values, k) => values.map((value, i) => Math.abs(value - expected[k][i]))));

  it("normalise as mean and variance do, with the same gradients", () => {
    const args = [draw([6, 9, 1, 4], 1), draw([4], 2), draw([4], 3)];
    const moments: Tensor[] = [];
    const actual = gradientsOf(
      (x, gamma, beta) => native.batchNorm(x as Tensor4D, gamma, beta, (...pair) => moments.push(...pair)),
      args,
    );
    const expected = gradientsOf((x, gamma, beta) => {
      const { mean, variance } = tf.moments(x, [0, 1, 2]);
      return tf.add(tf.mul(tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, NORM_EPSILON))), gamma), beta);
    }, args);
    expect(largestDifference(actual, expected)).toBeLessThan(1e-3);
    const { mean, variance } = tf.moments(args[0], [0, 1, 2]);
    const told = moments.map((moment) => Array.from(moment.dataSync()));
    const known = [mean, tf.mul(variance, 54 / 53)].map((moment) => Array.from(moment.dataSync()));
    expect(largestDifference(told, known)).toBeLessThan(1e-4);
  });

  it("step an LSTM as Keras's equations do, with the same gradients", () => {
    const [time, batch, inputs, units] = [5, 3, 4, 6];
    const args = [
      draw([time, batch, inputs], 1),
      draw([inputs, 4 * units], 2),
      draw([units, 4 * units], 3),
      draw([4 * units], 4),
    ];
    const actual = gradientsOf(
      (x, kernel, recurrent, bias) => native.lstm(x as Tensor3D, kernel, recurrent, bias),
      args,
    );
    const expected = gradientsOf((x, kernel, recurrent, bias) => {
      let hidden: Tensor = tf.zeros([batch, units]);
      let cell: Tensor = tf.zeros([batch, units]);
      const outputs = tf.unstack(x).map((step) => {
        const sums = tf.add(
          tf.add(tf.matMul(step as Tensor2D, kernel as Tensor2D), tf.matMul(hidden, recurrent)),
          bias as Tensor1D,
        );
        const [input, forget, candidate, exit] = tf.split(sums, 4, 1);
        cell = tf.add(tf.mul(tf.sigmoid(forget), cell), tf.mul(tf.sigmoid(input), tf.tanh(candidate)));
        hidden = tf.mul(tf.sigmoid(exit), tf.tanh(cell));
        return hidden;
      });
      return tf.stack(outputs);
    }, args);
    expect(largestDifference(actual, expected)).toBeLessThan(1e-3);
  });
});
