import { CHAIN_RATE_HZ } from "../events.ts";
import type { StateReader, StateWriter, Stateful } from "../state.ts";

/** Seconds that are judged together. */
const WINDOW_SECONDS = 5;
const WINDOW = WINDOW_SECONDS * CHAIN_RATE_HZ;

/** How much the last seconds look like ventricular fibrillation, flutter or a rapid ventricular tachycardia. */
export class FibrillationJudge implements Stateful {
  private readonly values = new Float64Array(WINDOW);
  private next = 0;
  private count = 0;

  /** Samples `from` to before `to` at 125 Hz, in the morphology's band, mV. */
  push(band: Float64Array, from: number, to: number): void {
    for (let i = from; i < to; i++) {
      this.values[this.next] = band[i];
      this.next = this.next + 1 === WINDOW ? 0 : this.next + 1;
    }
    this.count = Math.min(WINDOW, this.count + to - from);
  }

  /** 0 to 1, of the last seconds; 0 until they are full. */
  second(): number {
    return 0;
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
