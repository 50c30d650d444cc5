import { initialWeights, type RowWeights } from "../network/parameters.ts";
import type { RowShape } from "../network/shape.ts";
import type { Moments } from "./steps/optimiser.ts";

/** What training goes on from as if it had never stopped. */
export interface TrainingState {
  readonly weights: RowWeights;
  /** Running mean of the weights over the last steps: what is scored and kept. */
  readonly averaged: RowWeights;
  readonly moments: Moments;
}

export function initialState(shape: RowShape, seed: number): TrainingState {
  const weights = initialWeights(shape, seed);
  const { length } = weights.parameters;
  return {
    weights,
    averaged: copyWeights(weights),
    moments: { first: new Float32Array(length), second: new Float32Array(length), steps: 0 },
  };
}

export const copyWeights = ({ parameters, statistics }: RowWeights): RowWeights => ({
  parameters: parameters.slice(),
  statistics: statistics.slice(),
});
