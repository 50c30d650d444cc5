import { BEAT_CLASSES } from "../../../contracts/beat.ts";
import { ROW_LENGTH } from "../classifier.ts";

export interface RowConvolution {
  readonly filters: number;
  readonly kernelSize: number;
  readonly stride: number;
}

/** Sizes of the network: convolutions (each with batch normalisation and ReLU) → LSTM → dense layer → five classes. */
export interface RowShape {
  readonly convolutions: readonly RowConvolution[];
  /** Units of the LSTM, whose last output goes on. */
  readonly units: number;
  /** Units of the dense layer before the output. */
  readonly hidden: number;
}

/** Strides in place of pooling: half the work at the same score. */
export const ROW_SHAPE: RowShape = {
  convolutions: [
    { filters: 32, kernelSize: 7, stride: 2 },
    { filters: 64, kernelSize: 5, stride: 2 },
    { filters: 64, kernelSize: 5, stride: 2 },
    { filters: 96, kernelSize: 3, stride: 2 },
  ],
  units: 64,
  hidden: 64,
};

/** Added to a variance before its root is taken. */
export const NORM_EPSILON = 1e-3;

/** How a convolution lies on its input. */
export interface Placement {
  /** Samples out. */
  readonly length: number;
  /** Zeros before and behind the input. */
  readonly before: number;
  readonly behind: number;
}

/** TensorFlow's "same" padding of each convolution in turn, as numbers. */
export function placements({ convolutions }: RowShape): Placement[] {
  let input = ROW_LENGTH;
  return convolutions.map(({ kernelSize, stride }) => {
    const length = Math.ceil(input / stride);
    const zeros = Math.max(0, (length - 1) * stride + kernelSize - input);
    const before = Math.floor(zeros / 2);
    input = length;
    return { length, before, behind: zeros - before };
  });
}

/** Floating-point operations of one row (a multiplication and an addition count as two). */
export function flopsOf(shape: RowShape): number {
  const lengths = placements(shape).map(({ length }) => length);
  let channels = 1;
  let products = 0;
  shape.convolutions.forEach(({ filters, kernelSize }, index) => {
    products += lengths[index] * kernelSize * channels * filters;
    channels = filters;
  });
  products += (lengths.at(-1) ?? 0) * (channels + shape.units) * 4 * shape.units;
  products += shape.units * shape.hidden + shape.hidden * BEAT_CLASSES.length;
  return 2 * products;
}
