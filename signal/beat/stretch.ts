import { WINDOW_R_INDEX as R } from "../events.ts";

/**
 * A stretch of a beat's window at every shift of −reach to reach samples, each minus its mean: the side of a correlation
 * that is compared with several templates. Places are relative to R, at 125 Hz; windows are [187] arrays.
 */
export class Stretch {
  private readonly length: number;
  private readonly shifts: number;
  /** [shifts][length]: the window's values about their mean; and the sum of their squares, by shift. */
  private readonly deviations: Float64Array;
  private readonly squares: Float64Array;
  private readonly other: Float64Array;

  /** From place `from` to before place `to`. */
  constructor(
    private readonly from: number,
    to: number,
    private readonly reach: number,
  ) {
    this.length = to - from;
    this.shifts = 2 * reach + 1;
    this.deviations = new Float64Array(this.shifts * this.length);
    this.squares = new Float64Array(this.shifts);
    this.other = new Float64Array(this.length);
  }

  /** Takes the stretch out of a beat's window. */
  take(window: Float64Array): void {
    const { deviations, squares, shifts, length } = this;
    for (let shift = 0; shift < shifts; shift++) {
      squares[shift] = deviate(window, R + this.from - this.reach + shift, length, deviations, shift * length);
    }
  }

  /** The largest of Pearson's correlations over all shifts with the same stretch of another window; 0 where one is flat. */
  likeness(window: Float64Array): number {
    const { deviations, squares, other, shifts, length } = this;
    const otherSquares = deviate(window, R + this.from, length, other, 0);
    let best = -1;
    for (let shift = 0, at = 0; shift < shifts; shift++) {
      let products = 0;
      for (let i = 0; i < length; i++, at++) products += deviations[at] * other[i];
      const correlation = products / Math.sqrt(squares[shift] * otherSquares + 1e-9);
      if (correlation > best) best = correlation;
    }
    return best;
  }
}

/** Writes `length` values from `begin` on minus their mean into `out`, from `at` on; returns the sum of their squares. */
function deviate(window: Float64Array, begin: number, length: number, out: Float64Array, at: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += window[begin + i];
  const mean = sum / length;
  let squares = 0;
  for (let i = 0; i < length; i++) {
    const deviation = window[begin + i] - mean;
    out[at + i] = deviation;
    squares += deviation * deviation;
  }
  return squares;
}
