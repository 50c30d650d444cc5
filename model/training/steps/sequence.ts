import type { Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs-node";
import type { Network } from "../../network/layers.ts";
import type { Tensorflow } from "../../tensorflow/load.ts";

/**
 * What `step` gives for a whole sequence: beats [rows, time, width] and the state (hidden, cell) [rows, units] before
 * them → probabilities [rows, time, 4] and the state behind them. The same arithmetic as the layers', with the inputs'
 * share of the gates taken out of the loop over time, which saves two fifths of its time.
 */
export function stepSequence(
  tf: Tensorflow,
  { lstm, output }: Network,
  beats: Tensor3D,
  state: readonly Tensor[],
): { probabilities: Tensor3D; state: Tensor[] } {
  const [kernel, recurrent, bias] = lstm.weights.map((variable) => variable.read());
  const [rows, time, width] = beats.shape;
  const shares = tf.add(tf.matMul(beats.transpose([1, 0, 2]).reshape([time * rows, width]) as Tensor2D, kernel), bias);
  let [hidden, cell] = state;
  // A split in one has no gradient in tfjs 4.22.
  const outputs = (time === 1 ? [shares] : tf.split(shares, time)).map((share) => {
    const [input, forget, candidate, exit] = tf.split(tf.add(share, tf.matMul(hidden, recurrent)), 4, 1);
    cell = tf.add(tf.mul(tf.sigmoid(forget), cell), tf.mul(tf.sigmoid(input), tf.tanh(candidate)));
    hidden = tf.mul(tf.sigmoid(exit), tf.tanh(cell));
    return hidden;
  });
  const sequence = tf.stack(outputs, 1);
  return { probabilities: output.apply(sequence) as Tensor3D, state: [hidden, cell] };
}
