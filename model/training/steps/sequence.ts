import type { Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs-node";
import type { Network } from "../../network/layers.ts";
import type { Tensorflow } from "../../tensorflow/load.ts";
import { lstmOverTime } from "./lstm.ts";

/**
 * What `step` gives for a whole sequence: beats [rows, time, width] and the state (hidden, cell) [rows, units] before
 * them → probabilities [rows, time, 4] and the state behind them, which the caller disposes of. The same arithmetic as the layers', with the inputs'
 * share of the gates taken out of the loop over time; no gradient flows through the state.
 */
export function stepSequence(
  tf: Tensorflow,
  { lstm, output }: Network,
  beats: Tensor3D,
  before: readonly Tensor[],
): { probabilities: Tensor3D; state: Tensor[] } {
  const [kernel, recurrent, bias] = lstm.weights.map((variable) => variable.read());
  const [rows, time, width] = beats.shape;
  const shares = tf.add(tf.matMul(beats.transpose([1, 0, 2]).reshape([time * rows, width]) as Tensor2D, kernel), bias);
  const inTime = shares.reshape<Tensor3D>([time, rows, shares.shape[1] ?? 0]);
  const { hidden, state } = lstmOverTime(tf, inTime, recurrent as Tensor2D, before);
  return { probabilities: output.apply(hidden.transpose([1, 0, 2])) as Tensor3D, state };
}
