import { WINDOW_R_INDEX as R } from "../events.ts";

/** Shifts worked on at once: a processor adds to three sums while it waits for the fourth. */
const LANES = 4;

/**
 * A stretch of a beat's window at every shift of −reach to reach samples, each minus its mean: the side of a correlation
 * that is compared with several templates. Places are relative to R, at 125 Hz; windows are [187] arrays.
 */
export class Stretch {
  private readonly length: number;
  private readonly shifts: number;
  private readonly begin: number;
  /** [shifts, in fours][length][4 shifts]: the window's values about their mean; and the sum of their squares, by shift. */
  private readonly deviations: Float64Array;
  private readonly squares: Float64Array;
  private readonly products: Float64Array;
  private readonly other: Float64Array;

  /** From place `from` to before place `to`, with room for `reach` + 1 samples on either side. */
  constructor(
    private readonly from: number,
    to: number,
    reach: number,
  ) {
    this.length = to - from;
    this.shifts = 2 * reach + 1;
    this.begin = R + from - reach;
    const lanes = LANES * Math.ceil(this.shifts / LANES);
    this.deviations = new Float64Array(lanes * this.length);
    this.squares = new Float64Array(lanes);
    this.products = new Float64Array(lanes);
    this.other = new Float64Array(this.length);
  }

  /** Takes the stretch out of a beat's window. */
  take(window: Float64Array): void {
    for (let shift = 0; shift < this.shifts; shift += LANES) this.deviate(window, shift);
  }

  /** The largest of Pearson's correlations over all shifts with the same stretch of another window; 0 where one is flat. */
  likeness(window: Float64Array): number {
    const { squares, products, shifts } = this;
    const otherSquares = this.deviateOther(window);
    for (let shift = 0; shift < shifts; shift += LANES) this.multiply(shift);
    let best = -1;
    for (let shift = 0; shift < shifts; shift++) {
      const correlation = products[shift] / Math.sqrt(squares[shift] * otherSquares + 1e-9);
      if (correlation > best) best = correlation;
    }
    return best;
  }

  private deviate(window: Float64Array, shift: number): void {
    const { deviations, squares, length } = this;
    const begin = this.begin + shift;
    const end = begin + length;
    let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
    for (let i = begin; i < end; i++) {
      sum0 += window[i];
      sum1 += window[i + 1];
      sum2 += window[i + 2];
      sum3 += window[i + 3];
    }
    const [mean0, mean1, mean2, mean3] = [sum0 / length, sum1 / length, sum2 / length, sum3 / length];
    let [squares0, squares1, squares2, squares3] = [0, 0, 0, 0];
    for (let i = begin, at = shift * length; i < end; i++, at += LANES) {
      const deviation0 = window[i] - mean0;
      const deviation1 = window[i + 1] - mean1;
      const deviation2 = window[i + 2] - mean2;
      const deviation3 = window[i + 3] - mean3;
      deviations[at] = deviation0;
      deviations[at + 1] = deviation1;
      deviations[at + 2] = deviation2;
      deviations[at + 3] = deviation3;
      squares0 += deviation0 * deviation0;
      squares1 += deviation1 * deviation1;
      squares2 += deviation2 * deviation2;
      squares3 += deviation3 * deviation3;
    }
    squares[shift] = squares0;
    squares[shift + 1] = squares1;
    squares[shift + 2] = squares2;
    squares[shift + 3] = squares3;
  }

  /** Writes the other window's values about their mean into `other`; returns the sum of their squares. */
  private deviateOther(window: Float64Array): number {
    const { other, length } = this;
    const begin = R + this.from;
    let sum = 0;
    for (let i = 0; i < length; i++) sum += window[begin + i];
    const mean = sum / length;
    let squares = 0;
    for (let i = 0; i < length; i++) {
      const deviation = window[begin + i] - mean;
      other[i] = deviation;
      squares += deviation * deviation;
    }
    return squares;
  }

  private multiply(shift: number): void {
    const { deviations, products, other, length } = this;
    let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
    for (let i = 0, at = shift * length; i < length; i++, at += LANES) {
      const value = other[i];
      sum0 += deviations[at] * value;
      sum1 += deviations[at + 1] * value;
      sum2 += deviations[at + 2] * value;
      sum3 += deviations[at + 3] * value;
    }
    products[shift] = sum0;
    products[shift + 1] = sum1;
    products[shift + 2] = sum2;
    products[shift + 3] = sum3;
  }
}
