import type { AugmentationSettings } from "../../augmentation/data-augmentation.ts";

export interface RowTrainingSettings {
  /** Length of the schedule. */
  readonly epochs: number;
  /** Epochs without a better score on the validation part after which training ends. */
  readonly patience: number;
  readonly batch: number;
  /** Highest learning rate; it rises over `warmup` epochs and falls to 1 % by a half cosine. */
  readonly learningRate: number;
  readonly warmup: number;
  /** Epoch at which it starts again from half of that (Loshchilov & Hutter 2017); the schedule's end: never. */
  readonly restart: number;
  /** Decoupled weight decay of kernels (Loshchilov & Hutter 2019). */
  readonly weightDecay: number;
  /** A class's weight in the loss is (n of the largest class / n of its own) to this power; 0: all the same. */
  readonly balance: number;
  /** The power by which a class's rows are repeated in an epoch; none: each row once. */
  readonly oversampling?: number;
  /** Classes with fewer training rows are filled up to so many by drawn ones; none: not at all. */
  readonly gmm?: number;
  /** γ of the focal loss (Lin et al. 2017), which counts a row less the surer it is; none: cross-entropy. */
  readonly focal?: number;
  /** Share of the values left out before and behind the dense layer. */
  readonly dropout: number;
  /** Share of a row's target that is spread over all classes. */
  readonly smoothing: number;
  /** The weights that are scored and kept are a running mean over about 1 / (1 − this) steps. */
  readonly averaging: number;
  readonly augmentation: AugmentationSettings;
}

export const NO_AUGMENTATION: AugmentationSettings = { gain: 0, offset: 0, noise: 0, stretch: 0, shift: 0 };

/** Schedules shorter than this have one fall of the learning rate. */
const SHORT = 12;

/** What is done about rare classes; weights alone unless asked otherwise. */
export type RowBalancing = Partial<
  Pick<RowTrainingSettings, "balance" | "oversampling" | "focal" | "gmm" | "augmentation">
>;

/** Found on the validation part of the training rows. */
export function rowTrainingSettings(epochs: number, balancing: RowBalancing = {}): RowTrainingSettings {
  return {
    epochs,
    patience: 10,
    batch: 256,
    learningRate: 2e-3,
    warmup: Math.min(1, epochs / 8),
    restart: epochs < SHORT ? epochs : Math.round((18 / 28) * epochs),
    weightDecay: 0.02,
    balance: 0.2,
    dropout: 0.2,
    smoothing: 0,
    averaging: 0.998,
    augmentation: { gain: 0.08, offset: 0.02, noise: 0.008, stretch: 0.015, shift: 0.6 },
    ...balancing,
  };
}
