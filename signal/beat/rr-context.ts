import type { StateReader, StateWriter, Stateful } from "../state.ts";
import { History } from "./history.ts";
import { RunningMedian } from "./median.ts";

/** The time a beat came at, against the beats before it. Logarithms of ratios: 0 as usual, −0.69 half the time. */
export interface RrFeatures {
  readonly rrKnown: boolean;
  readonly previousKnown: boolean;
  readonly nextKnown: boolean;
  /** ln of RR over the mean of the 10, 80, 400 intervals before it; 0 where RR is unknown. */
  readonly rr10: number;
  readonly rr80: number;
  readonly rr400: number;
  /** The same of the interval behind the beat; 0 where it is unknown. */
  readonly next10: number;
  readonly next80: number;
  readonly next400: number;
  /** ln of the interval before the last one over the mean of 80; of RR over it; of RR over the next; 0 if unknown. */
  readonly previous80: number;
  readonly rrToPrevious: number;
  readonly rrToNext: number;
  /** Root mean square of rr10 over the last 20, 80 beats before this one, 0 to 1. */
  readonly irregularity20: number;
  readonly irregularity80: number;
  /** Median of |ln RR / median RR| over the last 40 beats before this one: high in AF, low with lone ectopic beats. */
  readonly irregularityMedian: number;
  /** Least median of |ln RR / RR k beats earlier| over the last 40 intervals, k from 1 to 4: high only in AF. */
  readonly unpredictability: number;
  /** ln of RR over the third longest of the last 20 intervals before it; 0 where unknown. */
  readonly rrToLong: number;
}

const MIN_SECONDS = 0.15;
const MAX_SECONDS = 3;
const RECENT_INTERVALS = 80;
const HEART_RATE_INTERVALS = 8;
const LAGS = 4;
const LAG_BEATS = 40;
const LONG_BEATS = 20;

/** RR intervals of a bed: averages over long times outlive a gap, what needs neighbours does not. */
export class RrContext implements Stateful {
  private readonly intervals = new History(400);
  /** The last of them, and those since the last gap: both are as in `intervals`, from which they are loaded. */
  private readonly recent = new RunningMedian(RECENT_INTERVALS);
  private readonly squares = new History(80);
  private readonly strays = new RunningMedian(40);
  private readonly heart = new RunningMedian(HEART_RATE_INTERVALS);
  /** |ln RR / RR k beats earlier| over the last intervals, for k from 1 on; follows from `recent`. */
  private readonly lagged = Array.from({ length: LAGS }, () => new RunningMedian(LAG_BEATS));
  private previous = Number.NaN;

  /** From the median of the last 8 intervals since the last gap, beats per minute; null where there is none. */
  get heartRateBpm(): number | null {
    return this.heart.size > 0 ? 60 / this.heart.median : null;
  }

  /** Takes in the next beat. `rr`, `next`: intervals before and behind it, s; NaN where unknown. */
  add(rr: number, next: number): RrFeatures {
    const now = clamp(rr);
    const behind = clamp(next);
    const known = !Number.isNaN(now);
    const base = this.intervals.size > 0 ? this.intervals : null;
    const mean10 = base ? base.mean(10) : now;
    const mean80 = base ? base.mean(80) : now;
    const mean400 = base ? base.mean(400) : now;
    const previous = this.previous;
    const features: RrFeatures = {
      rrKnown: known,
      previousKnown: !Number.isNaN(previous),
      nextKnown: !Number.isNaN(behind),
      rr10: logRatio(now, mean10),
      rr80: logRatio(now, mean80),
      rr400: logRatio(now, mean400),
      next10: logRatio(behind, mean10),
      next80: logRatio(behind, mean80),
      next400: logRatio(behind, mean400),
      previous80: logRatio(previous, mean80),
      rrToPrevious: logRatio(now, previous),
      rrToNext: logRatio(now, behind),
      irregularity20: Math.sqrt(this.squares.mean(20) || 0),
      irregularity80: Math.sqrt(this.squares.mean(80) || 0),
      irregularityMedian: this.strays.median || 0,
      unpredictability: this.unpredictability(),
      rrToLong: logRatio(now, this.longInterval()),
    };
    if (known) this.remember(now, features.rr10);
    this.previous = now;
    return features;
  }

  /** What came before is not next to what comes. */
  interrupt(): void {
    this.previous = Number.NaN;
    this.heart.clear();
  }

  save(to: StateWriter): void {
    for (const part of [this.intervals, this.squares, this.strays]) to.part(part);
    to.number(this.heart.size);
    to.number(this.previous);
  }

  load(from: StateReader): void {
    for (const part of [this.intervals, this.squares, this.strays]) from.part(part);
    this.repeat(this.recent, RECENT_INTERVALS);
    this.repeat(this.heart, from.number());
    this.previous = from.number();
    for (const lagged of this.lagged) lagged.clear();
    for (let back = this.recent.size - 1; back >= 0; back--) this.compareToEarlier(back);
  }

  private remember(rr: number, rr10: number): void {
    if (this.recent.size > 0) this.strays.push(Math.abs(logRatio(rr, this.recent.median)));
    this.squares.push(Math.min(1, rr10 * rr10));
    this.intervals.push(rr);
    this.recent.push(rr);
    this.heart.push(rr);
    this.compareToEarlier(0);
  }

  /** Takes the interval `back` places before the last one against those before it. */
  private compareToEarlier(back: number): void {
    const { recent } = this;
    for (let lag = 1; lag <= LAGS && back + lag < recent.size; lag++) {
      this.lagged[lag - 1].push(Math.abs(logRatio(recent.at(back), recent.at(back + lag))));
    }
  }

  private unpredictability(): number {
    let least = Number.POSITIVE_INFINITY;
    for (const { size, median } of this.lagged) {
      if (size < LAGS) return 0;
      least = Math.min(least, median);
    }
    return least;
  }

  /** The third longest of the last 20 intervals; NaN where there are fewer than three. */
  private longInterval(): number {
    let [first, second, third] = [Number.NaN, Number.NaN, Number.NaN];
    for (let i = 0; i < LONG_BEATS && i < this.recent.size; i++) {
      const rr = this.recent.at(i);
      if (!(rr <= first)) {
        third = second;
        second = first;
        first = rr;
      } else if (!(rr <= second)) {
        third = second;
        second = rr;
      } else if (!(rr <= third)) {
        third = rr;
      }
    }
    return third;
  }

  /** Into `median`: the last intervals, so many or as many as there are. */
  private repeat(median: RunningMedian, count: number): void {
    median.clear();
    for (let back = Math.min(count, median.capacity, this.intervals.size) - 1; back >= 0; back--) {
      median.push(this.intervals.at(back));
    }
  }
}

const clamp = (seconds: number): number => Math.min(MAX_SECONDS, Math.max(MIN_SECONDS, seconds));

const logRatio = (a: number, b: number): number => {
  const value = Math.log(a / b);
  return Number.isFinite(value) ? value : 0;
};
