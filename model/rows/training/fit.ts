import type { Tensorflow } from "../../tensorflow/load.ts";
import { createOnnxRowClassifier } from "../engines/onnx.ts";
import { rowConfusion, type RowFigures, rowFigures } from "../../../scoring/rows.ts";
import { BEAT_CLASSES } from "../../../contracts/beat.ts";
import { ROW_LENGTH, type RowClassifier } from "../classifier.ts";
import { type Fit, fit, type FitOptions } from "../../fitting/fit.ts";
import { rowGraph } from "../network/graph.ts";
import { namedWeights, type RowWeights } from "../network/parameters.ts";
import type { RowShape } from "../network/shape.ts";
import type { RowTrainingSettings } from "./settings.ts";
import { initialState, type TrainingState } from "./state.ts";
import type { TrainingRows } from "./steps/batch.ts";
import { withDrawnRows } from "./steps/drawn-rows.ts";
import { createRowTrainer } from "./steps/trainer.ts";

export interface RowFitOptions extends Pick<FitOptions<RowWeights, TrainingState>, "file" | "onStep" | "onEpoch"> {
  readonly tf: Tensorflow;
  readonly shape: RowShape;
  readonly settings: RowTrainingSettings;
  readonly seed: number;
  /** [… × 187] and their class numbers. */
  readonly rows: Float32Array;
  readonly labels: Uint8Array;
  readonly train: Uint32Array;
  /** Rows that tell which epoch was best; none: the last is kept. */
  readonly validation: Uint32Array;
}

const CLASSES = BEAT_CLASSES.length;
/** Rows of one call of the graph. */
const BATCH = 256;

export interface RowFit extends Omit<Fit<RowWeights>, "snapshots"> {
  /** The averaged weights of the best epoch. */
  readonly weights: RowWeights;
}

/** Trains until the schedule's end, or until the validation part has not been better for some epochs. Goes on where it stopped. */
export async function fitRows(options: RowFitOptions): Promise<RowFit> {
  const { tf, shape, settings, seed, rows, labels, validation } = options;
  const { snapshots, log, bestEpochs } = await fit<RowWeights, TrainingState>({
    ...options,
    start: (state) =>
      createRowTrainer(tf, shape, settings, seed, trainingRows(options), state ?? initialState(shape, seed)),
    epochs: settings.epochs,
    patience: settings.patience,
    score: async (weights) => {
      const figures = await scoreRows(shape, weights, rows, labels, validation);
      return figures && { accuracy: figures.accuracy, macroF1: figures.macroF1 };
    },
  });
  return { weights: snapshots[bestEpochs - 1], log, bestEpochs };
}

function trainingRows({ rows, labels, train, settings, seed }: RowFitOptions): TrainingRows {
  const data = { rows, labels, indices: train };
  return settings.gmm === undefined ? data : withDrawnRows(data, settings.gmm, seed);
}

/** Figures of these weights on the rows named, by the graph that will serve; null where there are none. */
export async function scoreRows(
  shape: RowShape,
  weights: RowWeights,
  rows: Float32Array,
  labels: Uint8Array,
  indices: Uint32Array,
): Promise<RowFigures | null> {
  if (indices.length === 0) return null;
  return rowFigures(rowConfusion(await probabilitiesOf(shape, weights, rows, indices), labelsOf(labels, indices)));
}

/** Class numbers of the rows named. */
export const labelsOf = (labels: Uint8Array, indices: Uint32Array): Uint8Array =>
  Uint8Array.from(indices, (index) => labels[index]);

/** Probabilities [indices.length × 5] that the graph of these weights gives the rows named. */
export async function probabilitiesOf(
  shape: RowShape,
  weights: RowWeights,
  rows: Float32Array,
  indices: Uint32Array,
): Promise<Float32Array> {
  const graph = rowGraph(shape, namedWeights(shape, weights));
  const classifier = await createOnnxRowClassifier({ name: "in training", hash: "" }, graph, 1);
  try {
    return await classifyRows(classifier, rows, indices);
  } finally {
    await classifier.close();
  }
}

async function classifyRows(
  classifier: RowClassifier,
  rows: Float32Array,
  indices: Uint32Array,
): Promise<Float32Array> {
  const all = new Float32Array(indices.length * CLASSES);
  const batch = new Float32Array(BATCH * ROW_LENGTH);
  for (let from = 0; from < indices.length; from += BATCH) {
    const count = Math.min(BATCH, indices.length - from);
    for (let i = 0; i < count; i++) {
      const at = indices[from + i] * ROW_LENGTH;
      batch.set(rows.subarray(at, at + ROW_LENGTH), i * ROW_LENGTH);
    }
    all.set(await classifier.classify(batch, count), from * CLASSES);
  }
  return all;
}
