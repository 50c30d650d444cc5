import { BEAT_CLASSES } from "../../../../contracts/beat.ts";
import type { Tensor } from "@tensorflow/tfjs-node";
import { createRandom } from "../../../../kit/random.ts";
import { DataAugmentation } from "../../../augmentation/data-augmentation.ts";
import type { Tensorflow } from "../../../tensorflow/load.ts";
import type { Trainer } from "../../../fitting/fit.ts";
import { learningRateAt } from "../../../fitting/schedule.ts";
import { shuffle } from "../../../../kit/shuffle.ts";
import { ROW_LENGTH } from "../../classifier.ts";
import { type DropoutMasks, trainingLogits, type TrainingOps } from "../../network/forward.ts";
import { nativeOps } from "../../network/native-ops.ts";
import { parameterSpecs, type RowWeights } from "../../network/parameters.ts";
import type { RowShape } from "../../network/shape.ts";
import type { RowTrainingSettings } from "../settings.ts";
import { copyWeights, type TrainingState } from "../state.ts";
import { classWeights, epochIndices } from "./balancing.ts";
import { type Batch, makeBatch, type TrainingRows } from "./batch.ts";
import { adamStep } from "./optimiser.ts";

/** Share of a batch's moments that goes into the running ones. */
const MOMENTUM = 0.05;
const CLASSES = BEAT_CLASSES.length;

/** What the learning rate falls to, of its highest. */
const FLOOR = 0.01;

/**
 * Trains by the steps that `settings` describes, in an order drawn from seed and epoch; changes `state`. The same seed, rows
 * and state give the same steps.
 */
export function createRowTrainer(
  tf: Tensorflow,
  shape: RowShape,
  settings: RowTrainingSettings,
  seed: number,
  data: TrainingRows,
  state: TrainingState,
): Trainer<RowWeights, TrainingState> {
  const ops: TrainingOps = { tf, native: nativeOps(tf) };
  const specs = parameterSpecs(shape);
  const weights = classWeights(data, settings.balance);
  const decay = new Float32Array(specs.reduce((sum, { size }) => sum + size, 0));
  for (const { name, offset, size } of specs) {
    if (name.endsWith("kernel")) decay.fill(settings.weightDecay, offset, offset + size);
  }

  const step = (batch: Batch, learningRate: number): number =>
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

  const schedule = { ...settings, floor: FLOOR };
  return {
    pass(epoch) {
      const random = createRandom(seed, `rows/epoch ${epoch}`);
      const augmentation = new DataAugmentation(settings.augmentation, random);
      const order = shuffle(epochIndices(data, settings.oversampling ?? 0, random), random);
      const steps = Math.floor(order.length / settings.batch) || 1;
      const losses = function* (): Generator<number> {
        for (let done = 0; done < steps; done++) {
          const some = order.slice(done * settings.batch, (done + 1) * settings.batch);
          const batch = makeBatch(data, some, shape, settings, weights, augmentation, random);
          yield step(batch, learningRateAt(epoch + done / steps, schedule));
        }
      };
      return { steps, losses: losses() };
    },
    weights: () => copyWeights(state.averaged),
    state: () => state,
  };
}

/** Moves `values` by `share` of the way to `target`, in place. */
function approach(values: Float32Array, target: Float32Array, share: number): void {
  for (let i = 0; i < values.length; i++) values[i] += share * (target[i] - values[i]);
}
