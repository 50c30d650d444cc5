import { initialWeights, type RowWeights } from "../network/parameters.ts";
import type { RowShape } from "../network/shape.ts";
import type { Moments } from "./steps/optimiser.ts";

/** All that training has come to; saved after each epoch, it goes on as if it had never stopped. */
export interface TrainingState {
  readonly weights: RowWeights;
  /** Running mean of the weights over the last steps: what is scored and kept. */
  readonly averaged: RowWeights;
  readonly moments: Moments;
  /** The averaged weights at the best score so far. */
  readonly best: RowWeights;
  /** Epochs done. */
  epoch: number;
  readonly log: EpochLog[];
}

/** One epoch's line of the log. */
export interface EpochLog {
  readonly epoch: number;
  readonly loss: number;
  /** Of the validation part, with averaged weights; null where there is none. */
  readonly validation: { readonly accuracy: number; readonly macroF1: number } | null;
  readonly seconds: number;
}

export function initialState(shape: RowShape, seed: number): TrainingState {
  const weights = initialWeights(shape, seed);
  const { length } = weights.parameters;
  return {
    weights,
    averaged: copyWeights(weights),
    best: copyWeights(weights),
    moments: { first: new Float32Array(length), second: new Float32Array(length), steps: 0 },
    epoch: 0,
    log: [],
  };
}

export const copyWeights = ({ parameters, statistics }: RowWeights): RowWeights => ({
  parameters: parameters.slice(),
  statistics: statistics.slice(),
});

export function copyInto(to: RowWeights, from: RowWeights): void {
  to.parameters.set(from.parameters);
  to.statistics.set(from.statistics);
}
