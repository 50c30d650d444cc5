import type { StateReader, StateWriter, Stateful } from "./state.ts";

/** What is missing for no longer is bridged by a straight line. */
export const BRIDGED_SECONDS = 0.1;
/** No electrode gives more, whatever its offset: beyond it a sample counts as missing. */
export const MAX_MILLIVOLTS = 10_000;

export interface SampleListener {
  /**
   * The next samples, mV, finite: `millivolts` from index `from` to before `to`. `heldUntil`: index of the sample that
   * they had to wait for, −1 where they did not.
   */
  samples(millivolts: Float32Array | Float64Array, from: number, to: number, heldUntil: number): void;
  /** From sample index `from` on there is nothing, for longer than a bridge spans. */
  interrupted(from: number): void;
  /** It was missing from `from` until before `to`, whose sample comes next. */
  resumed(from: number, to: number): void;
}

/**
 * Bridges short runs of missing samples and tells of long ones. A line needs both of its ends, so the run is held until
 * the sample behind it has come: whole signals are passed on without delay, and what comes out depends on the samples
 * alone. A short run at the epoch's very start takes the value of the sample behind it, one at its end is left out.
 */
export class MissingSamples implements Stateful {
  private readonly limit: number;
  private count = 0;
  private missing = 0;
  private last = Number.NaN;

  constructor(
    rateHz: number,
    private readonly listener: SampleListener,
  ) {
    this.limit = Math.floor(BRIDGED_SECONDS * rateHz);
  }

  /** Samples that have come or were missing so far. */
  get received(): number {
    return this.count;
  }

  /** The next `count` samples, mV; anything but a number within ± 10 V counts as missing. */
  push(millivolts: Float32Array, count: number): void {
    for (let at = 0; at < count;) {
      let end = at;
      while (end < count && Math.abs(millivolts[end]) <= MAX_MILLIVOLTS) end++;
      if (end > at) this.pass(millivolts, at, end);
      else this.skip(1);
      at = Math.max(at + 1, end);
    }
  }

  /** `count` samples are missing. */
  skip(count: number): void {
    if (count <= 0) return;
    const before = this.missing;
    const from = this.count - before;
    this.missing = before + count;
    if (before <= this.limit && this.missing > this.limit) {
      this.count = from + this.limit + 1;
      this.listener.interrupted(from);
    }
    this.count = from + this.missing;
  }

  /** Nothing follows: a gap that is under way ends here. */
  end(): void {
    if (this.missing > this.limit) this.listener.resumed(this.count - this.missing, this.count);
    else this.listener.interrupted(this.count - this.missing);
  }

  save(to: StateWriter): void {
    for (const value of [this.count, this.missing, this.last]) to.number(value);
  }

  load(from: StateReader): void {
    this.count = from.number();
    this.missing = from.number();
    this.last = from.number();
  }

  /** Samples that are there, at least one: what was missing before them is bridged or a gap. */
  private pass(millivolts: Float32Array, from: number, to: number): void {
    const { missing, count, listener } = this;
    if (missing > 0) {
      this.count = count + 1;
      this.missing = 0;
      if (missing > this.limit) listener.resumed(count - missing, count);
      else this.bridge(missing, millivolts[from]);
    }
    this.count = count + to - from;
    this.last = millivolts[to - 1];
    listener.samples(millivolts, from, to, -1);
  }

  private bridge(missing: number, right: number): void {
    const line = new Float64Array(missing);
    const left = Number.isNaN(this.last) ? right : this.last;
    for (let i = 1; i <= missing; i++) line[i - 1] = left + ((right - left) * i) / (missing + 1);
    this.listener.samples(line, 0, missing, this.count - 1);
  }
}
