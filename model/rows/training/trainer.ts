import type { Tensor } from "@tensorflow/tfjs-node";
import { createRandom, type Random } from "../../../data/synthetic/random.ts";
import { shuffle } from "../../training/steps/shuffle.ts";
import type { Tensorflow } from "../../tensorflow/load.ts";
import { ROW_CLASSES, ROW_LENGTH } from "../classifier.ts";
import { type DropoutMasks, trainingLogits, type TrainingOps } from "../network/forward.ts";
import { nativeOps } from "../network/native-ops.ts";
import { parameterSpecs } from "../network/parameters.ts";
import type { RowShape } from "../network/shape.ts";
import { createAugmenter } from "./augment.ts";
import { adamStep, learningRateAt } from "./optimiser.ts";
import type { RowTrainingSettings } from "./settings.ts";
import type { TrainingState } from "./state.ts";

/** Share of a batch's moments that goes into the running ones. */
const MOMENTUM = 0.05;
const CLASSES = ROW_CLASSES.length;

/** Rows to train on: those of `rows` [… × 187] and `labels` that `indices` names. */
export interface TrainingRows {
  readonly rows: Float32Array;
  readonly labels: Uint8Array;
  readonly indices: Uint32Array;
}

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
        return tf.mul(tf.sum(tf.mul(targets, tf.logSoftmax(logits))), -1 / batch.weight).asScalar();
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
      const augment = createAugmenter(settings.augmentation, random);
      const order = shuffle(Array.from(data.indices), random);
      const steps = Math.floor(order.length / settings.batch) || 1;
      let sum = 0;
      for (let done = 0; done < steps; done++) {
        const some = order.slice(done * settings.batch, (done + 1) * settings.batch);
        const batch = makeBatch(data, some, shape, settings, weights, augment, random);
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

interface Batch {
  readonly count: number;
  readonly rows: Float32Array;
  /** [count × 5], each row's target times its weight. */
  readonly targets: Float32Array;
  /** Sum of the rows' weights. */
  readonly weight: number;
  readonly lstmMask: Float32Array;
  readonly denseMask: Float32Array;
}

function makeBatch(
  { rows, labels }: TrainingRows,
  indices: readonly number[],
  shape: RowShape,
  settings: RowTrainingSettings,
  weights: readonly number[],
  augment: (row: Float32Array, out: Float32Array) => void,
  random: Random,
): Batch {
  const count = indices.length;
  const batch = new Float32Array(count * ROW_LENGTH);
  const targets = new Float32Array(count * CLASSES);
  let weight = 0;
  indices.forEach((index, i) => {
    augment(
      rows.subarray(index * ROW_LENGTH, (index + 1) * ROW_LENGTH),
      batch.subarray(i * ROW_LENGTH, (i + 1) * ROW_LENGTH),
    );
    const own = weights[labels[index]];
    targets.fill((own * settings.smoothing) / CLASSES, i * CLASSES, (i + 1) * CLASSES);
    targets[i * CLASSES + labels[index]] += own * (1 - settings.smoothing);
    weight += own;
  });
  const mask = (length: number): Float32Array =>
    Float32Array.from({ length }, () => (random.uniform() < settings.dropout ? 0 : 1 / (1 - settings.dropout)));
  const lstmMask = mask(count * shape.units);
  return { count, rows: batch, targets, weight, lstmMask, denseMask: mask(count * shape.hidden) };
}

function classWeights({ labels, indices }: TrainingRows, balance: number): number[] {
  const counts = ROW_CLASSES.map(() => 0);
  for (const index of indices) counts[labels[index]]++;
  const largest = Math.max(...counts);
  return counts.map((count) => (largest / Math.max(1, count)) ** balance);
}

/** Moves `values` by `share` of the way to `target`, in place. */
function approach(values: Float32Array, target: Float32Array, share: number): void {
  for (let i = 0; i < values.length; i++) values[i] += share * (target[i] - values[i]);
}
