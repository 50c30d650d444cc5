import { JUDGED_CLASSES } from "../../contracts/beat.ts";
import type { LearnedDatabase } from "../../data/splits/learned.ts";
import { FEATURE_NAMES, type FeatureName } from "../../signal/beat/features.ts";
import { liveShape, type NetworkShape } from "../network/shape.ts";
import { type CopyCounts, NO_COPIES } from "./records/copies.ts";
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
  /** Times that each patient of a database comes up in an epoch, in one lead and copy each; a fraction is a chance. */
  readonly balance: Readonly<Record<LearnedDatabase, number>>;
  /** Copies of the monitored lead; it or one of them is taken. */
  readonly copies: CopyCounts;
  /** Share of the times that another lead is taken where there is one, and the copies of that; null: the monitored lead alone. */
  readonly otherLeads: (CopyCounts & { readonly share: number }) | null;
  readonly classWeights: PerClass;
  readonly embeddingDropout: number;
  /** Share of the mean of the weights that a step keeps (exponential moving average); 0: the last step's weights alone. */
  readonly averaging: number;
  readonly learningRate: number;
  /** Rows of consecutive beats that advance together. */
  readonly rowsPerBatch: number;
}

/** The live model's, found by record-wise folds (`npm run crossvalidate -- --model live`). */
export const LIVE_RECIPE: Recipe = {
  name: "live",
  what: "CNN and features into an LSTM over the bed's beats; noisy copies and copies under other rhythms",
  features: FEATURE_NAMES,
  cnn: true,
  context: true,
  balance: { mitdb: 2, svdb: 1 },
  copies: { noisyCopies: 2, rhythmCopies: 3 },
  otherLeads: { share: 0.4, noisyCopies: 1, rhythmCopies: 2 },
  classWeights: CLASS_WEIGHTS,
  embeddingDropout: 0.7,
  averaging: 0.998,
  learningRate: 6e-3,
  rowsPerBatch: 64,
};

/** What it is made of without any copies. */
export const WITHOUT_COPIES: Pick<Recipe, "copies" | "otherLeads"> = {
  copies: NO_COPIES,
  otherLeads: LIVE_RECIPE.otherLeads && { ...LIVE_RECIPE.otherLeads, ...NO_COPIES },
};

/** Networks of the ensemble that becomes the live model. */
export const MEMBERS = 2;

const ROW_BEATS = 512;
const TIME = 16;

export function trainerSettings(recipe: Recipe, epochs: number): TrainerSettings {
  const { rowsPerBatch, learningRate, averaging } = recipe;
  const sizes = recipe.context
    ? { rowLength: ROW_BEATS, rowsPerBatch, time: TIME }
    : { rowLength: 1, rowsPerBatch: rowsPerBatch * TIME, time: 1 };
  return {
    epochs,
    ...sizes,
    learningRate,
    classWeights: JUDGED_CLASSES.map((name) => recipe.classWeights[name]),
    embeddingDropout: recipe.cnn ? recipe.embeddingDropout : 0,
    averaging,
  };
}

export function recipeShape({ cnn }: Recipe): NetworkShape {
  const shape = liveShape(FEATURE_NAMES.length);
  if (cnn) return shape;
  return { ...shape, convolutions: [{ filters: 1, kernelSize: 7, stride: 16, pool: 2 }], embeddingSize: 1 };
}
