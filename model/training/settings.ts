import { MODEL_CLASSES } from "../network/shape.ts";
import type { TrainerSettings } from "./steps/trainer.ts";

/** S is rare and hard to tell: without weight it drowns in N. */
const CLASS_WEIGHTS: Readonly<Record<(typeof MODEL_CLASSES)[number], number>> = { N: 1, S: 6, V: 1.5, F: 1.5 };

/** Settings of the live model's training, found by record-wise folds of DS1. */
export function trainerSettings(epochs: number): TrainerSettings {
  return {
    epochs,
    rowLength: 512,
    rowsPerBatch: 32,
    time: 16,
    learningRate: 6e-3,
    classWeights: MODEL_CLASSES.map((name) => CLASS_WEIGHTS[name]),
    embeddingDropout: 0.7,
  };
}

/** Copies of each record with noise mixed in; an epoch takes one copy of each, or the clean record. */
export const NOISY_COPIES = 2;
