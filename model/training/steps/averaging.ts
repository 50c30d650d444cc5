import type { NetworkWeights, Weights } from "../../network/weights.ts";

/** The exponential moving average of a network's weights over its steps. */
export interface Averaging {
  /** Takes a step's weights into the average. */
  add(weights: NetworkWeights): void;
  /** A copy of the average; null before the first step. */
  value(): NetworkWeights | null;
}

/**
 * `keep`: share of the average that a step keeps, 0 to 1. In the beginning it keeps less, (1 + n) / (10 + n) behind n steps, lest the
 * first weights stay in it for long (as TensorFlow's ExponentialMovingAverage has it).
 */
export function createAveraging(keep: number): Averaging {
  let average: NetworkWeights | null = null;
  let steps = 0;
  return {
    add(weights) {
      const kept = Math.min(keep, (1 + steps) / (10 + steps));
      steps++;
      average = average
        ? { encode: mixed(average.encode, weights.encode, kept), step: mixed(average.step, weights.step, kept) }
        : weights;
    },
    value: () =>
      average && { encode: mixed(average.encode, average.encode, 0), step: mixed(average.step, average.step, 0) },
  };
}

const mixed = (average: Weights, weights: Weights, kept: number): Weights =>
  new Map(
    [...weights].map(([name, { shape, data }]) => {
      const before = average.get(name)?.data ?? data;
      return [name, { shape, data: data.map((value, i) => kept * before[i] + (1 - kept) * value) }];
    }),
  );
