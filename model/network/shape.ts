import { WINDOW_LENGTH } from "../../signal/events.ts";

export interface ConvolutionShape {
  readonly filters: number;
  readonly kernelSize: number;
  readonly stride: number;
  /** Width of the max-pooling behind it; 1: none. */
  readonly pool: number;
}

/** Sizes of the two networks: `encode` (window → embedding) and `step` (embedding and features → probabilities, state). */
export interface NetworkShape {
  readonly windowLength: number;
  readonly convolutions: readonly ConvolutionShape[];
  readonly embeddingSize: number;
  readonly featureCount: number;
  /** Units of the LSTM; a bed's state is twice that (hidden, cell). */
  readonly units: number;
}

/** Padding is "valid" throughout, so that no framework's idea of "same" matters. */
export function liveShape(featureCount: number): NetworkShape {
  return {
    windowLength: WINDOW_LENGTH,
    convolutions: [
      { filters: 12, kernelSize: 7, stride: 2, pool: 2 },
      { filters: 16, kernelSize: 5, stride: 1, pool: 2 },
      { filters: 24, kernelSize: 5, stride: 1, pool: 2 },
    ],
    embeddingSize: 8,
    featureCount,
    units: 32,
  };
}

/** Samples left after each convolution and its pooling. */
export function lengthsAfter(shape: NetworkShape): number[] {
  let length = shape.windowLength;
  return shape.convolutions.map(({ kernelSize, stride, pool }) => {
    length = Math.floor((Math.floor((length - kernelSize) / stride) + 1) / pool);
    return length;
  });
}
