import { BedsideError } from "../contracts/errors.ts";
import type { StateReader, StateWriter, Stateful } from "./state.ts";

/** A second-order section: y[n] = b0 x[n] + b1 x[n−1] + b2 x[n−2] − a1 y[n−1] − a2 y[n−2]. */
export interface Biquad {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

/** Butterworth low-pass of even `order`, −3 dB at `cutoffHz`; see `butterworth`. */
export function lowPass(order: number, cutoffHz: number, rateHz: number): Biquad[] {
  return butterworth(order, cutoffHz, rateHz, (w, d) => {
    const b0 = (w * w) / d;
    return [b0, 2 * b0, b0];
  });
}

/** Butterworth high-pass of even `order`, −3 dB at `cutoffHz`; see `butterworth`. */
export function highPass(order: number, cutoffHz: number, rateHz: number): Biquad[] {
  return butterworth(order, cutoffHz, rateHz, (_, d) => [1 / d, -2 / d, 1 / d]);
}

/** High-pass at `lowHz` behind low-pass at `highHz`, each of even `order`: for bands an octave wide or more. */
export function bandPass(order: number, lowHz: number, highHz: number, rateHz: number): Biquad[] {
  return [...highPass(order, lowHz, rateHz), ...lowPass(order, highHz, rateHz)];
}

/**
 * Butterworth sections by the bilinear transform with the cut-off prewarped (A. V. Oppenheim & R. W. Schafer,
 * Discrete-Time Signal Processing, 3rd ed., §7.2.2 and appendix B.1). `order` even and ≥ 2, 0 < cutoffHz < rateHz / 2;
 * throws BAD_ARGUMENT.
 */
function butterworth(
  order: number,
  cutoffHz: number,
  rateHz: number,
  numerator: (w: number, d: number) => [number, number, number],
): Biquad[] {
  if (!(Number.isInteger(order / 2) && order >= 2)) {
    throw new BedsideError("BAD_ARGUMENT", `a filter of order ${order} is not made, give an even one of 2 or more`);
  }
  if (!(cutoffHz > 0 && cutoffHz < rateHz / 2)) {
    throw new BedsideError("BAD_ARGUMENT", `a cut-off of ${cutoffHz} Hz must lie between 0 and half of ${rateHz} Hz`);
  }
  const w = Math.tan((Math.PI * cutoffHz) / rateHz);
  return Array.from({ length: order / 2 }, (_, k) => {
    const damping = 2 * Math.sin((Math.PI * (2 * k + 1)) / (2 * order));
    const d = 1 + damping * w + w * w;
    const [b0, b1, b2] = numerator(w, d);
    return { b0, b1, b2, a1: (2 * (w * w - 1)) / d, a2: (1 - damping * w + w * w) / d };
  });
}

/**
 * Sections in a row, in transposed direct form II. The first sample after the start or a reset is taken as what the
 * input has always been, so that there is no step at the beginning. A NaN stays in the state: reset behind one.
 */
export class Filter implements Stateful {
  private readonly sections: readonly Biquad[];
  private readonly state: Float64Array;
  private warm = false;

  constructor(sections: readonly Biquad[]) {
    this.sections = sections;
    this.state = new Float64Array(2 * sections.length);
  }

  /** The next sample in, the filtered one out. */
  push(sample: number): number {
    if (!this.warm) this.settle(sample);
    const { sections, state } = this;
    let x = sample;
    for (let i = 0; i < sections.length; i++) {
      const { b0, b1, b2, a1, a2 } = sections[i];
      const y = b0 * x + state[2 * i];
      state[2 * i] = b1 * x - a1 * y + state[2 * i + 1];
      state[2 * i + 1] = b2 * x - a2 * y;
      x = y;
    }
    return x;
  }

  reset(): void {
    this.warm = false;
  }

  save(to: StateWriter): void {
    to.array(this.state);
    to.flag(this.warm);
  }

  load(from: StateReader): void {
    from.into(this.state);
    this.warm = from.flag();
  }

  /** Sets the state that a constant input of `sample` leads to. */
  private settle(sample: number): void {
    let x = sample;
    this.sections.forEach(({ b0, b1, b2, a1, a2 }, i) => {
      const y = (x * (b0 + b1 + b2)) / (1 + a1 + a2);
      this.state[2 * i + 1] = b2 * x - a2 * y;
      this.state[2 * i] = b1 * x - a1 * y + this.state[2 * i + 1];
      x = y;
    });
    this.warm = true;
  }
}
