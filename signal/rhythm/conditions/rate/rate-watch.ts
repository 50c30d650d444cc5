import type { RhythmLimits } from "../../../../contracts/rhythm-policy.ts";
import type { QrsEvent } from "../../../events.ts";
import type { StateReader, StateWriter } from "../../../state.ts";
import type { Evidence, OpenCondition } from "../open-condition.ts";
import type { Moment, Watch, WatchSettings } from "../watch.ts";

/** R peaks remembered: sixteen intervals, whose mean rate ends tachycardia; fewer than eight tell nothing. */
const MOST_PEAKS = 17;
const LEAST_INTERVALS = 8;
/** Tachycardia begins when, of so many last intervals, all but one are faster than its limit. */
const FAST_INTERVALS = 9;
/** A slow rhythm must have lasted this long. */
const SLOW_SECONDS = 4;
/** Intervals in a row above the limit that begin bradycardia, below it that end it. */
const SLOW_INTERVALS = 2;
const RECOVERED_INTERVALS = 3;

/**
 * Bradycardia and tachycardia, from R peaks alone.
 *
 * Bradycardia: every interval is longer than the limit's, at least two of them, for 4 s; the interval that is under way
 * counts as soon as it is longer. So a compensatory pause is none, and 30/min is known before the third beat.
 *
 * Tachycardia: of the last nine intervals eight are shorter than the limit's, and so is their mean: one missed or late beat
 * does not matter, and the short bursts of an irregular rhythm are none. It ends by the mean of the last sixteen.
 */
export class RateWatch implements Watch {
  private readonly bradycardia: OpenCondition;
  private readonly tachycardia: OpenCondition;
  private readonly rateHz: number;
  private readonly limits: RhythmLimits;
  private peaks: number[] = [];
  /** Intervals in a row longer than bradycardia's limit, and shorter than the limit of its end. */
  private slow = 0;
  private recovered = 0;

  constructor({ rateHz, limits, conditions }: WatchSettings) {
    this.rateHz = rateHz;
    this.limits = limits;
    this.bradycardia = conditions.of("bradycardia", () => this.evidence(3));
    this.tachycardia = conditions.of("tachycardia", () => this.evidence(FAST_INTERVALS));
  }

  qrs({ sample }: QrsEvent, { now, trusted, learned, emit }: Moment): void {
    if (!trusted || !learned) return;
    const last = this.peaks.at(-1);
    this.peaks.push(sample);
    if (last === undefined) return;
    if (this.peaks.length > MOST_PEAKS) this.peaks.shift();
    const bpm = (60 * this.rateHz) / (sample - last);
    const { bradycardiaBpm, tachycardiaBpm, hysteresisBpm } = this.limits;
    this.slow = bpm < bradycardiaBpm ? this.slow + 1 : 0;
    this.recovered = bpm > bradycardiaBpm + hysteresisBpm ? this.recovered + 1 : 0;
    if (this.recovered >= RECOVERED_INTERVALS) this.bradycardia.end(now, this.meanBpm(RECOVERED_INTERVALS), emit);
    const mean = this.peaks.length > LEAST_INTERVALS ? this.meanBpm(MOST_PEAKS) : null;
    if (this.tachycardia.open && mean !== null && mean < tachycardiaBpm - hysteresisBpm) {
      this.tachycardia.end(now, mean, emit);
      // Another one needs fast intervals of its own; slow ones may be bradycardia's.
      this.peaks = this.peaks.slice(-1 - this.slow);
    }
  }

  check({ now, trusted, isOpen, emit }: Moment): void {
    if (!trusted || isOpen("asystole")) return;
    const { bradycardiaBpm, qrsDelaySeconds } = this.limits;
    const last = this.peaks.at(-1);
    if (last === undefined) return;
    const underWay = now - last > (60 / bradycardiaBpm + qrsDelaySeconds) * this.rateHz ? 1 : 0;
    const first = this.peaks[this.peaks.length - 1 - this.slow] ?? this.peaks[0];
    if (this.slow + underWay >= SLOW_INTERVALS && now - first >= SLOW_SECONDS * this.rateHz) {
      this.bradycardia.begin(now, first, this.evidence(this.slow), emit);
      this.tachycardia.end(now, this.meanBpm(this.slow), emit);
      return;
    }
    // A fast rate is a ventricular rhythm's where one is open.
    const mayRace = !isOpen("ventricular-run") && !isOpen("ventricular-tachycardia");
    const fast = mayRace && !this.tachycardia.open ? this.fastIntervals() : 0;
    if (fast > 0) {
      // What was before the onset says nothing of the end.
      this.peaks = this.peaks.slice(-fast - 1);
      this.tachycardia.begin(now, this.peaks[0], this.evidence(fast), emit);
    }
  }

  /** Conditions that are open stay so until fresh intervals end them. */
  deaf(): void {
    this.interrupt();
  }

  interrupt(): void {
    this.peaks = [];
    this.slow = 0;
    this.recovered = 0;
  }

  save(to: StateWriter): void {
    to.array(this.peaks);
    to.number(this.slow);
    to.number(this.recovered);
  }

  load(from: StateReader): void {
    this.peaks = from.array();
    this.slow = from.number();
    this.recovered = from.number();
  }

  private evidence(intervals: number): Evidence {
    const wanted = Math.max(1, Math.min(intervals, this.peaks.length - 1));
    return { beatSamples: this.peaks.slice(-wanted - 1), heartRateBpm: this.meanBpm(wanted) };
  }

  /** Mean rate of the last `intervals`, of as many as there are; null where there is none. */
  private meanBpm(intervals: number): number | null {
    const count = Math.min(intervals, this.peaks.length - 1);
    if (count < 1) return null;
    const last = this.peaks.length - 1;
    return (60 * this.rateHz * count) / (this.peaks[last] - this.peaks[last - count]);
  }

  /** How many last intervals are tachycardia's, one slow one among them at most; 0 where it is none. */
  private fastIntervals(): number {
    const limit = (60 * this.rateHz) / this.limits.tachycardiaBpm;
    let count = 0;
    let fast = 0;
    for (let at = this.peaks.length - 1; at > 0; at--) {
      const isFast = this.peaks[at] - this.peaks[at - 1] < limit;
      // It has just stopped.
      if (!isFast && count === 0) break;
      const isSecondSlow = !isFast && count > fast;
      if (isSecondSlow || (!isFast && count >= FAST_INTERVALS - 1)) break;
      count++;
      if (isFast) fast++;
    }
    // With the slow one among them the rate that is told may stand below the limit: it isn't known to be beyond it yet.
    return fast >= FAST_INTERVALS - 1 && (this.meanBpm(count) ?? 0) >= this.limits.tachycardiaBpm ? count : 0;
  }
}
