import { createRequire } from "node:module";
import type { Tensor, Tensor3D, Tensor4D } from "@tensorflow/tfjs-node";
import type { Tensorflow } from "../../tensorflow/load.ts";
import { NORM_EPSILON } from "./shape.ts";

/** The part of tfjs-node's backend that runs any kernel of TensorFlow by its name. */
interface NativeBackend {
  readonly binding: Readonly<Record<string, number>>;
  executeMultipleOutputs(
    name: string,
    attributes: readonly { name: string; type: number; value: unknown }[],
    inputs: readonly unknown[],
    outputs: number,
  ): Tensor[];
}

/** Batch normalisation and LSTM as TensorFlow's own kernels, with their gradients. */
export interface NativeOps {
  /** x [batch, time, 1, channels] by the batch's own moments; `onMoments` gets mean and (unbiased) variance, kept. */
  batchNorm(x: Tensor4D, gamma: Tensor, beta: Tensor, onMoments: (mean: Tensor, variance: Tensor) => void): Tensor4D;
  /** x [time, batch, inputs] from a state of zeros → hidden outputs [time, batch, units]. Gates: input, forget, cell, output. */
  lstm(x: Tensor3D, kernel: Tensor, recurrent: Tensor, bias: Tensor): Tensor3D;
}

/**
 * tfjs builds both of elementary operations, forward and back, which takes three times as long for the LSTM and as
 * much for the normalisation. The kernels FusedBatchNormV3 and BlockLSTMV2 do each in one call.
 */
export function nativeOps(tf: Tensorflow): NativeOps {
  const backend = tf.backend() as unknown as NativeBackend;
  const { Int64Scalar } = createRequire(import.meta.url)("@tensorflow/tfjs-node/dist/int64_tensors.js") as {
    Int64Scalar: new (value: number) => unknown;
  };
  const { TF_ATTR_TYPE, TF_ATTR_FLOAT, TF_ATTR_BOOL, TF_ATTR_STRING, TF_FLOAT } = backend.binding;
  const float = (name: string) => ({ name, type: TF_ATTR_TYPE, value: TF_FLOAT });
  const normAttributes = [
    float("T"),
    float("U"),
    { name: "data_format", type: TF_ATTR_STRING, value: "NHWC" },
    { name: "epsilon", type: TF_ATTR_FLOAT, value: NORM_EPSILON },
    { name: "is_training", type: TF_ATTR_BOOL, value: true },
  ];
  const lstmAttributes = [float("T"), { name: "use_peephole", type: TF_ATTR_BOOL, value: false }];

  return {
    batchNorm(input, scale, offset, onMoments) {
      const op = tf.customGrad((...args) => {
        const [x, gamma, beta, save] = args as unknown as [Tensor, Tensor, Tensor, (tensors: Tensor[]) => void];
        const none = tf.tensor1d([]);
        const attributes = [...normAttributes, { name: "exponential_avg_factor", type: TF_ATTR_FLOAT, value: 1 }];
        const inputs = [x, gamma, beta, none, none];
        const [y, mean, variance, ...reserve] = backend.executeMultipleOutputs(
          "FusedBatchNormV3",
          attributes,
          inputs,
          6,
        );
        onMoments(tf.keep(mean), tf.keep(variance));
        save([x, gamma, ...reserve]);
        const gradFunc = (dy: Tensor | Tensor[], saved: Tensor[]): Tensor[] =>
          backend.executeMultipleOutputs("FusedBatchNormGradV3", normAttributes, [dy, ...saved], 5).slice(0, 3);
        return { value: y, gradFunc };
      });
      return op(input, scale, offset) as Tensor4D;
    },

    lstm(input, inputKernel, recurrentKernel, offset) {
      const [time, batch, width] = input.shape;
      const units = recurrentKernel.shape[0];
      const op = tf.customGrad((...args) => {
        const [x, kernel, bias, save] = args as unknown as [Tensor, Tensor, Tensor, (tensors: Tensor[]) => void];
        const zeros = tf.zeros([batch, units]);
        const peephole = tf.zeros([units]);
        const before = (saved: Tensor[]) => [saved[0], zeros, zeros, saved[1], peephole, peephole, peephole, saved[2]];
        const attributes = [...lstmAttributes, { name: "cell_clip", type: TF_ATTR_FLOAT, value: 0 }];
        const inputs = [new Int64Scalar(time), ...before([x, kernel, bias])];
        const outputs = backend.executeMultipleOutputs("BlockLSTMV2", attributes, inputs, 7);
        save([x, kernel, bias, zeros, peephole, ...outputs]);
        const gradFunc = (dy: Tensor | Tensor[], saved: Tensor[]): Tensor[] => {
          const [x_, kernel_, bias_, zeros_, peephole_, ...results] = saved;
          const given = [x_, zeros_, zeros_, kernel_, peephole_, peephole_, peephole_, bias_];
          const cells = tf.zeros([time, batch, units]);
          const all = [new Int64Scalar(time), ...given, ...results, cells, dy];
          const grads = backend.executeMultipleOutputs("BlockLSTMGradV2", lstmAttributes, all, 8);
          return [grads[0], grads[3], grads[7]];
        };
        return { value: outputs[6], gradFunc };
      });
      const kernels = tf.concat([inputKernel, recurrentKernel]);
      return op(input.reshape([time, batch, width]), kernels, offset) as Tensor3D;
    },
  };
}
