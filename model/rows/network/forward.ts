import type { Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from "@tensorflow/tfjs-node";
import type { Tensorflow } from "../../tensorflow/load.ts";
import { ROW_LENGTH } from "../classifier.ts";
import type { NativeOps } from "./native-ops.ts";
import type { RowShape } from "./shape.ts";

/** What varies from step to step beside the rows: values that are left out, as factors (0, or what makes up for it). */
export interface DropoutMasks {
  readonly lstm: Tensor2D;
  readonly dense: Tensor2D;
}

export interface TrainingOps {
  readonly tf: Tensorflow;
  readonly native: NativeOps;
}

/**
 * Rows [batch × 187] → logits [batch, 5] with batch statistics and dropout, differentiable in `parameters` (by the
 * names of parameterSpecs). `onMoments` gets each normalisation's mean and variance, in order; they are kept.
 */
export function trainingLogits(
  { tf, native }: TrainingOps,
  shape: RowShape,
  parameters: ReadonlyMap<string, Tensor>,
  rows: Tensor2D,
  masks: DropoutMasks,
  onMoments: (mean: Tensor, variance: Tensor) => void,
): Tensor2D {
  const get = (name: string): Tensor => {
    const tensor = parameters.get(name);
    if (!tensor) throw new Error(`no parameter ${name}`);
    return tensor;
  };
  let x = rows.reshape([rows.shape[0], ROW_LENGTH, 1, 1]) as Tensor4D;
  shape.convolutions.forEach(({ stride }, index) => {
    const number = index + 1;
    const kernel = get(`convolution${number}/kernel`);
    const [width, inputs, filters] = kernel.shape;
    const convolved = tf.conv2d(x, kernel.reshape([width, 1, inputs, filters]) as Tensor4D, [stride, 1], "same");
    x = tf.relu(native.batchNorm(convolved, get(`norm${number}/gamma`), get(`norm${number}/beta`), onMoments));
  });
  const [batch, time, , channels] = x.shape;
  const sequence = x.reshape([batch, time, channels]).transpose([1, 0, 2]) as Tensor3D;
  const outputs = native.lstm(sequence, get("lstm/kernel"), get("lstm/recurrent_kernel"), get("lstm/bias"));
  const last = outputs.slice([time - 1, 0, 0], [1, batch, shape.units]).reshape([batch, shape.units]) as Tensor2D;
  const dense = tf.relu(
    tf.add(tf.matMul(tf.mul(last, masks.lstm), get("dense/kernel") as Tensor2D), get("dense/bias")),
  );
  return tf.add(
    tf.matMul(tf.mul(dense, masks.dense), get("output/kernel") as Tensor2D),
    get("output/bias") as Tensor1D,
  );
}
