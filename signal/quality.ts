import { CHAIN_RATE_HZ, type QualityEvent } from "./events.ts";
import type { StateReader, StateWriter, Stateful } from "./state.ts";

const FLAT_MILLIVOLTS = 0.005;

/** Signal quality once a second, from the unfiltered signal at 125 Hz. */
export class QualityJudge implements Stateful {
  private low = Number.POSITIVE_INFINITY;
  private high = Number.NEGATIVE_INFINITY;
  private count = 0;
  private quality = 1;

  /** The next sample, mV; calls `judged` at the end of each second. */
  push(millivolts: number, judged: (quality: number, state: QualityEvent["state"]) => void): void {
    this.low = Math.min(this.low, millivolts);
    this.high = Math.max(this.high, millivolts);
    if (++this.count < CHAIN_RATE_HZ) return;
    const flat = this.high - this.low < FLAT_MILLIVOLTS;
    this.quality = flat ? 0 : 1;
    this.reset();
    judged(this.quality, flat ? "lead-off" : "good");
  }

  /** Quality from one position to another. */
  over(from: number, to: number): number {
    return to > from ? this.quality : 0;
  }

  reset(): void {
    this.low = Number.POSITIVE_INFINITY;
    this.high = Number.NEGATIVE_INFINITY;
    this.count = 0;
  }

  save(to: StateWriter): void {
    for (const value of [this.low, this.high, this.count, this.quality]) to.number(value);
  }

  load(from: StateReader): void {
    this.low = from.number();
    this.high = from.number();
    this.count = from.number();
    this.quality = from.number();
  }
}
