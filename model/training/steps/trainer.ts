import { JUDGED_CLASSES } from "../../../contracts/beat.ts";
import type { Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs-node";
import { createRandom } from "../../../kit/random.ts";
import { dropoutMask, type Pass } from "../../fitting/pass.ts";
import { learningRateAt, setLearningRate } from "../../fitting/schedule.ts";
import { buildNetwork, type Network } from "../../network/layers.ts";
import { type NetworkShape } from "../../network/shape.ts";
import type { Tensorflow } from "../../tensorflow/load.ts";
import type { TrainingRecord } from "../records/record.ts";
import { type NetworkWeights, weightsOf } from "../../network/weights.ts";
import { createAveraging } from "./averaging.ts";
import { stepSequence } from "./sequence.ts";
import { batchRows, type Chunk, chunksOf, countSteps, type Row, type RowOptions } from "./rows.ts";

export interface TrainerSettings extends RowOptions {
  /** Epochs over which the learning rate falls to nothing. */
  readonly epochs: number;
  readonly learningRate: number;
  /** Weight of each class in the loss. */
  readonly classWeights: readonly number[];
  /** Share of the embedding's values left out in a step, lest the convolutions learn the patients by heart. */
  readonly embeddingDropout: number;
  /** Share of the weights' average that a step keeps; 0: no average. */
  readonly averaging: number;
}

export interface LiveTrainer {
  readonly network: Network;
  /** One pass over the records, in an order that depends on the passes before. */
  pass(records: readonly TrainingRecord[], epoch: number): Pass;
  /** A copy of the weights, averaged over the steps where the settings say so. */
  weights(): NetworkWeights;
  dispose(): void;
}

/**
 * Trains both networks together by truncated back-propagation through time: rows of consecutive beats advance in
 * chunks, the LSTM's state is carried from chunk to chunk, gradients stop at a chunk's beginning (Adam, cosine
 * schedule, weighted cross-entropy). Seeded: the same seed and records give the same steps.
 */
export function createLiveTrainer(
  tf: Tensorflow,
  shape: NetworkShape,
  settings: TrainerSettings,
  seed: number,
): LiveTrainer {
  const network = buildNetwork(tf, shape, seed);
  const optimizer = tf.train.adam(settings.learningRate);
  const random = createRandom(seed, "training");
  const averaging = settings.averaging > 0 ? createAveraging(settings.averaging) : null;

  const step = (chunk: Chunk, state: Tensor[]): { loss: number; state: Tensor[] } => {
    let next: Tensor[] = [];
    const mask = dropoutMask(chunk.rows * chunk.time * shape.embeddingSize, settings.embeddingDropout, random);
    const cost = optimizer.minimize(() => {
      const { loss, state: after } = forward(tf, shape, settings, network, chunk, state, mask);
      next = after;
      return loss;
    }, true);
    state.forEach((tensor) => tensor.dispose());
    const [loss] = cost?.dataSync() ?? [Number.NaN];
    cost?.dispose();
    averaging?.add(weightsOf(network));
    return { loss, state: next };
  };

  function* losses(batches: readonly (readonly Row[])[], epoch: number, steps: number): Generator<number> {
    let done = 0;
    for (const batch of batches) {
      let state: Tensor[] = [tf.zeros([batch.length, shape.units]), tf.zeros([batch.length, shape.units])];
      for (const chunk of chunksOf(batch, settings.time)) {
        setLearningRate(optimizer, learningRateAt(epoch + done++ / steps, settings));
        const result = step(chunk, state);
        state = result.state;
        yield result.loss;
      }
      state.forEach((tensor) => tensor.dispose());
    }
  }

  return {
    network,
    pass(records, epoch) {
      const batches = batchRows(records, settings, random);
      const steps = countSteps(batches, settings.time);
      return { steps, losses: losses(batches, epoch, steps) };
    },
    weights: () => averaging?.value() ?? weightsOf(network),
    dispose() {
      network.encode.dispose();
      network.step.dispose();
      optimizer.dispose();
    },
  };
}

/** The chunk's loss and the state behind it. */
function forward(
  tf: Tensorflow,
  shape: NetworkShape,
  settings: TrainerSettings,
  network: Network,
  chunk: Chunk,
  state: readonly Tensor[],
  mask: Float32Array,
): { loss: ReturnType<Tensorflow["scalar"]>; state: Tensor[] } {
  const { rows, time } = chunk;
  const windows = tf.tensor3d(chunk.windows, [rows * time, shape.windowLength, 1]);
  const embeddings = network.encode.apply(windows, { training: true }) as Tensor2D;
  const dropped = tf.mul(embeddings, tf.tensor2d(mask, [rows * time, shape.embeddingSize]));
  const features = tf.tensor3d(chunk.features, [rows, time, shape.featureCount]);
  const beats = tf.concat([dropped.reshape([rows, time, shape.embeddingSize]) as Tensor3D, features], 2);
  const { probabilities, state: after } = stepSequence(tf, network, beats, state);

  const wanted = new Float32Array(rows * time * JUDGED_CLASSES.length);
  let scored = 0;
  chunk.targets.forEach((label, beat) => {
    if (label < 0) return;
    wanted[beat * JUDGED_CLASSES.length + label] = settings.classWeights[label];
    scored++;
  });
  const weighted = tf.tensor3d(wanted, [rows, time, JUDGED_CLASSES.length]).mul(probabilities.add(1e-7).log());
  return { loss: weighted.sum().div(-Math.max(1, scored)).asScalar(), state: after };
}
