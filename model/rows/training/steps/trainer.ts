import type { Tensor } from "@tensorflow/tfjs-node";
import { createRandom } from "../../../../kit/random.ts";
import { DataAugmentation } from "../../../augmentation/data-augmentation.ts";
import type { Tensorflow } from "../../../tensorflow/load.ts";
import { shuffle } from "../../../../kit/shuffle.ts";
import { ROW_CLASSES, ROW_LENGTH } from "../../classifier.ts";
import { type DropoutMasks, trainingLogits, type TrainingOps } from "../../network/forward.ts";
import { nativeOps } from "../../network/native-ops.ts";
import { parameterSpecs } from "../../network/parameters.ts";
import type { RowShape } from "../../network/shape.ts";
import type { RowTrainingSettings } from "../settings.ts";
import type { TrainingState } from "../state.ts";
import { classWeights, epochIndices } from "./balancing.ts";
import { type Batch, makeBatch, type TrainingRows } from "./batch.ts";
import { adamStep, learningRateAt } from "./optimiser.ts";

/** Share of a batch's moments that goes into the running ones. */
const MOMENTUM = 0.05;
const CLASSES = ROW_CLASSES.length;

export interface RowTrainer {
  /** One pass over the rows, in an order drawn from seed and epoch; changes `state`; returns the mean loss. */
  epoch(state: TrainingState, onStep: (loss: number, step: number, steps: number) => void): Promise<number>;
}

/** Trains by the steps that `settings` describes. The same seed, rows and state give the same steps. */
export function createRowTrainer(
  tf: Tensorflow,
  shape: RowShape,
  settings: RowTrainingSettings,
  seed: number,
  data: TrainingRows,
): RowTrainer {
  const ops: TrainingOps = { tf, native: nativeOps(tf) };
  const specs = parameterSpecs(shape);
  const weights = classWeights(data, settings.balance);
  const decay = new Float32Array(specs.reduce((sum, { size }) => sum + size, 0));
  for (const { name, offset, size } of specs) {
    if (name.endsWith("kernel")) decay.fill(settings.weightDecay, offset, offset + size);
  }

  const step = (state: TrainingState, batch: Batch, learningRate: number): number =>
    tf.tidy(() => {
      const moments: Tensor[] = [];
      const cost = (...tensors: Tensor[]) => {
        const named = new Map(specs.map(({ name }, index) => [name, tensors[index]]));
        const masks: DropoutMasks = {
          lstm: tf.tensor2d(batch.lstmMask, [batch.count, shape.units]),
          dense: tf.tensor2d(batch.denseMask, [batch.count, shape.hidden]),
        };
        const rows = tf.tensor2d(batch.rows, [batch.count, ROW_LENGTH]);
        const logits = trainingLogits(ops, shape, named, rows, masks, (...pair) => moments.push(...pair));
        const targets = tf.tensor2d(batch.targets, [batch.count, CLASSES]);
        const logarithms = tf.logSoftmax(logits);
        const { focal } = settings;
        const counted = focal ? tf.mul(targets, tf.pow(tf.sub(1 + 1e-6, tf.exp(logarithms)), focal)) : targets;
        return tf.mul(tf.sum(tf.mul(counted, logarithms)), -1 / batch.weight).asScalar();
      };
      const tensors = specs.map(({ shape: dims, offset, size }) =>
        tf.tensor(state.weights.parameters.subarray(offset, offset + size), [...dims]),
      );
      const { value, grads } = tf.valueAndGrads(cost)(tensors);
      const gradient = tf.concat(grads.map((g) => g.flatten())).dataSync<"float32">();
      const [loss] = value.dataSync();
      const statistics = tf.concat(moments.map((moment) => moment.flatten())).dataSync<"float32">();
      moments.forEach((moment) => moment.dispose());
      adamStep(state.weights.parameters, gradient, state.moments, learningRate, decay);
      // Early on, a long mean would still be full of what the training began with.
      approach(state.weights.statistics, statistics, Math.max(MOMENTUM, 1 / state.moments.steps));
      const share = Math.max(1 - settings.averaging, 1 / (1 + state.moments.steps / 4));
      approach(state.averaged.parameters, state.weights.parameters, share);
      approach(state.averaged.statistics, state.weights.statistics, share);
      return loss;
    });

  return {
    async epoch(state, onStep) {
      const random = createRandom(seed, `rows/epoch ${state.epoch}`);
      const augmentation = new DataAugmentation(settings.augmentation, random);
      const order = shuffle(epochIndices(data, settings.oversampling ?? 0, random), random);
      const steps = Math.floor(order.length / settings.batch) || 1;
      let sum = 0;
      for (let done = 0; done < steps; done++) {
        const some = order.slice(done * settings.batch, (done + 1) * settings.batch);
        const batch = makeBatch(data, some, shape, settings, weights, augmentation, random);
        const loss = step(state, batch, learningRateAt(state.epoch + done / steps, settings));
        sum += loss;
        onStep(loss, done + 1, steps);
        // Lets timers and signals through: a step itself never waits.
        await new Promise(setImmediate);
      }
      state.epoch++;
      return sum / steps;
    },
  };
}

/** Moves `values` by `share` of the way to `target`, in place. */
function approach(values: Float32Array, target: Float32Array, share: number): void {
  for (let i = 0; i < values.length; i++) values[i] += share * (target[i] - values[i]);
}
