import { JUDGED_CLASSES } from "../../contracts/beat.ts";
import { FEATURE_NAMES, type FeatureName } from "../../signal/beat/features.ts";
import { liveShape, type NetworkShape } from "../network/shape.ts";
import type { TrainerSettings } from "./steps/trainer.ts";

type PerClass = Readonly<Record<(typeof JUDGED_CLASSES)[number], number>>;

/** Mild: the copies under other rhythms bring S beats enough, and more weight on S costs its precision in fibrillation. */
const CLASS_WEIGHTS: PerClass = { N: 1, S: 1.5, V: 2, F: 1.5 };
export const EQUAL_WEIGHTS: PerClass = { N: 1, S: 1, V: 1, F: 1 };

/** What a live model is made of; the ablation leaves parts out. */
export interface Recipe {
  readonly name: string;
  readonly what: string;
  /** The others are zero. */
  readonly features: readonly FeatureName[];
  /** Without: windows are zero, and the network's convolutions next to nothing. */
  readonly cnn: boolean;
  /** The LSTM remembers the bed's beats; without, each beat is its first. */
  readonly context: boolean;
  /** Copies of each record with noise mixed in; an epoch takes one copy of each record, or the record itself. */
  readonly noisyCopies: number;
  /** Copies under other rhythms (model/augmentation/rhythm), every second one noisy too. */
  readonly rhythmCopies: number;
  readonly classWeights: PerClass;
  readonly embeddingDropout: number;
}

/** The live model's, found by record-wise folds of DS1 (`npm run crossvalidate -- --model live`). */
export const LIVE_RECIPE: Recipe = {
  name: "live",
  what: "CNN and features into an LSTM over the bed's beats; noisy copies and copies under other rhythms",
  features: FEATURE_NAMES,
  cnn: true,
  context: true,
  noisyCopies: 2,
  rhythmCopies: 3,
  classWeights: CLASS_WEIGHTS,
  embeddingDropout: 0.7,
};

/** Networks of the ensemble that becomes the live model. */
export const MEMBERS = 2;

const ROW_BEATS = 512;
const ROWS_PER_BATCH = 32;
const TIME = 16;

export function trainerSettings(recipe: Recipe, epochs: number): TrainerSettings {
  const sizes = recipe.context
    ? { rowLength: ROW_BEATS, rowsPerBatch: ROWS_PER_BATCH, time: TIME }
    : { rowLength: 1, rowsPerBatch: ROWS_PER_BATCH * TIME, time: 1 };
  return {
    epochs,
    ...sizes,
    learningRate: 6e-3,
    classWeights: JUDGED_CLASSES.map((name) => recipe.classWeights[name]),
    embeddingDropout: recipe.cnn ? recipe.embeddingDropout : 0,
  };
}

export function recipeShape({ cnn }: Recipe): NetworkShape {
  const shape = liveShape(FEATURE_NAMES.length);
  if (cnn) return shape;
  return { ...shape, convolutions: [{ filters: 1, kernelSize: 7, stride: 16, pool: 2 }], embeddingSize: 1 };
}
