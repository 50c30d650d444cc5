import type { StateReader, StateWriter, Stateful } from "../state.ts";
import { FIBRILLATION_FEATURES, FIBRILLATION_WINDOW, fibrillationFeatures } from "./fibrillation-features.ts";
import { fibrillationProbability } from "./fibrillation-score.ts";
import { FIBRILLATION_TREES } from "./fibrillation-trees.ts";

/** Standard deviation of what moves too little for fibrillation, mV (a sine of 0.15 mV peak to peak): that is asystole. */
const STILL_MILLIVOLTS = 0.053;

const window = new Float64Array(FIBRILLATION_WINDOW);
const features = new Float64Array(FIBRILLATION_FEATURES.length);

/** How much the last seconds look like ventricular fibrillation, flutter or a rapid ventricular tachycardia. */
export class FibrillationJudge implements Stateful {
  private readonly values = new Float64Array(FIBRILLATION_WINDOW);
  private next = 0;
  private count = 0;

  /** Samples `from` to before `to` at 125 Hz, in the morphology's band, mV. */
  push(band: Float64Array, from: number, to: number): void {
    const { values } = this;
    for (let i = from; i < to; i++) {
      values[this.next] = band[i];
      this.next = this.next + 1 === FIBRILLATION_WINDOW ? 0 : this.next + 1;
    }
    this.count = Math.min(FIBRILLATION_WINDOW, this.count + to - from);
  }

  /** 0 to 1, of the last seconds; 0 until they are full. */
  second(): number {
    return this.describe(features) ? fibrillationProbability(features, 0, FIBRILLATION_TREES) : 0;
  }

  /** The last seconds' features into `out`; false where they are not full, or move too little. */
  describe(out: Float64Array): boolean {
    if (this.count < FIBRILLATION_WINDOW) return false;
    const { values, next } = this;
    for (let i = next; i < FIBRILLATION_WINDOW; i++) window[i - next] = values[i];
    for (let i = 0; i < next; i++) window[FIBRILLATION_WINDOW - next + i] = values[i];
    fibrillationFeatures(window, out);
    return out[0] >= Math.log(STILL_MILLIVOLTS);
  }

  /** Forgets all. */
  reset(): void {
    this.next = this.count = 0;
  }

  save(to: StateWriter): void {
    to.array(this.values);
    to.number(this.next);
    to.number(this.count);
  }

  load(from: StateReader): void {
    from.into(this.values);
    this.next = from.number();
    this.count = from.number();
  }
}
