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

const single = new Float64Array(1);

/**
 * Sections in a row, in transposed direct form II. The first sample after the start or a reset is taken as what the
 * input has always been, so that there is no step at the beginning. A NaN stays in the state: reset behind one.
 */
export class Filter implements Stateful {
  private warm = false;

  /** The state, two numbers to a section, lies in `state` from `at` on, where several filters may be neighbours. */
  constructor(
    private readonly sections: readonly Biquad[],
    private readonly state = new Float64Array(2 * sections.length),
    private readonly at = 0,
  ) {}

  /** The next sample in, the filtered one out. */
  push(sample: number): number {
    single[0] = sample;
    this.run(single, single, 1);
    return single[0];
  }

  /** The next `count` samples in, the filtered ones into `out`, which may be `samples` itself. */
  run(samples: Float64Array, out: Float64Array, count: number): void {
    if (count === 0) return;
    if (!this.warm) this.settle(samples[0]);
    const { length } = this.sections;
    let from = samples;
    let i = 0;
    for (; i + 1 < length; i += 2) {
      this.runTwo(i, from, out, count);
      from = out;
    }
    if (i < length) this.runOne(i, from, out, count);
  }

  reset(): void {
    this.warm = false;
  }

  save(to: StateWriter): void {
    to.array(this.ownState());
    to.flag(this.warm);
  }

  load(from: StateReader): void {
    from.into(this.ownState());
    this.warm = from.flag();
  }

  private ownState(): Float64Array {
    return this.state.subarray(this.at, this.at + 2 * this.sections.length);
  }

  private runOne(section: number, samples: Float64Array, out: Float64Array, count: number): void {
    const { b0, b1, b2, a1, a2 } = this.sections[section];
    const { state } = this;
    const at = this.at + 2 * section;
    let s0 = state[at];
    let s1 = state[at + 1];
    for (let i = 0; i < count; i++) {
      const x = samples[i];
      const y = b0 * x + s0;
      s0 = b1 * x - a1 * y + s1;
      s1 = b2 * x - a2 * y;
      out[i] = y;
    }
    state[at] = s0;
    state[at + 1] = s1;
  }

  /** Two sections in one loop: a processor works on the second while it waits for the first one's feedback. */
  private runTwo(section: number, samples: Float64Array, out: Float64Array, count: number): void {
    const { b0, b1, b2, a1, a2 } = this.sections[section];
    const { b0: d0, b1: d1, b2: d2, a1: c1, a2: c2 } = this.sections[section + 1];
    const { state } = this;
    const at = this.at + 2 * section;
    let s0 = state[at];
    let s1 = state[at + 1];
    let t0 = state[at + 2];
    let t1 = state[at + 3];
    for (let i = 0; i < count; i++) {
      const x = samples[i];
      const y = b0 * x + s0;
      s0 = b1 * x - a1 * y + s1;
      s1 = b2 * x - a2 * y;
      const z = d0 * y + t0;
      t0 = d1 * y - c1 * z + t1;
      t1 = d2 * y - c2 * z;
      out[i] = z;
    }
    state[at] = s0;
    state[at + 1] = s1;
    state[at + 2] = t0;
    state[at + 3] = t1;
  }

  /** Sets the state that a constant input of `sample` leads to. */
  private settle(sample: number): void {
    let x = sample;
    this.sections.forEach(({ b0, b1, b2, a1, a2 }, i) => {
      const y = (x * (b0 + b1 + b2)) / (1 + a1 + a2);
      const at = this.at + 2 * i;
      this.state[at + 1] = b2 * x - a2 * y;
      this.state[at] = b1 * x - a1 * y + this.state[at + 1];
      x = y;
    });
    this.warm = true;
  }
}
