import type { RhythmLimits } from "../../../../contracts/rhythm-policy.ts";
import type { QrsEvent } from "../../../events.ts";
import type { StateReader, StateWriter } from "../../../state.ts";
import type { Evidence, OpenCondition } from "../open-condition.ts";
import type { Moment, Watch, WatchSettings } from "../watch.ts";

/** Intervals in a row that are fast enough end extreme bradycardia; so many last ones tell the rate. */
const RECOVERED_INTERVALS = 3;
const TOLD_INTERVALS = 4;

/** Intervals of which none differs from their mean by more than this share are a heart's, even in noise. */
const REGULAR_SHARE = 0.2;

/**
 * Extreme rates, from R peaks alone: the mean rate of so many beats in a row is beyond the limit. The interval under way
 * counts for bradycardia as soon as it makes the rate slower; no interval but one may be as short as a rate's that is no
 * bradycardia at all, so that a pause in a usual rhythm is none. In noise a fast rate counts where its beats are regular.
 */
export class ExtremeRateWatch implements Watch {
  private readonly bradycardia: OpenCondition;
  private readonly tachycardia: OpenCondition;
  private readonly rateHz: number;
  private readonly limits: RhythmLimits;
  private peaks: number[] = [];
  /** Those in noise, too. */
  private all: number[] = [];
  private recovered = 0;

  constructor({ rateHz, limits, conditions }: WatchSettings) {
    this.rateHz = rateHz;
    this.limits = limits;
    this.bradycardia = conditions.of("extreme-bradycardia", () => this.evidence(TOLD_INTERVALS));
    this.tachycardia = conditions.of("extreme-tachycardia", () => this.evidence(limits.extremeTachycardiaBeats - 1));
  }

  qrs({ sample }: QrsEvent, at: Moment): void {
    if (!at.learned) return;
    this.regular(sample, at);
    if (at.trusted) this.read(sample, at);
  }

  check({ now, trusted, emit }: Moment): void {
    if (!trusted || this.bradycardia.open) return;
    const { extremeBradycardiaBpm, extremeBradycardiaBeats, qrsDelaySeconds } = this.limits;
    const intervals = extremeBradycardiaBeats - 1;
    const slowest = (60 / extremeBradycardiaBpm) * intervals * this.rateHz;
    const underWay = now - qrsDelaySeconds * this.rateHz;
    const slow = [[...this.peaks.slice(-intervals), underWay], this.peaks.slice(-intervals - 1)].find((peaks) =>
      this.isSlow(peaks, slowest),
    );
    if (!slow) return;
    // What it is decided by is what it tells: the interval under way among them, which the peaks alone don't know.
    const heartRateBpm = (60 * this.rateHz * intervals) / (slow[intervals] - slow[0]);
    this.bradycardia.begin(now, slow[0], { beatSamples: this.peaks.slice(-intervals), heartRateBpm }, emit);
  }

  deaf(): void {
    this.peaks = [];
    this.recovered = 0;
  }

  interrupt(): void {
    this.all = [];
    this.deaf();
  }

  save(to: StateWriter): void {
    to.array(this.peaks);
    to.array(this.all);
    to.number(this.recovered);
  }

  load(from: StateReader): void {
    this.peaks = from.array();
    this.all = from.array();
    this.recovered = from.number();
  }

  /** A fast rate that is regular begins extreme tachycardia, whatever the signal's quality. */
  private regular(sample: number, { now, emit }: Moment): void {
    const { extremeTachycardiaBeats, extremeTachycardiaBpm } = this.limits;
    this.all = [...this.all, sample].slice(-extremeTachycardiaBeats);
    const { all } = this;
    if (all.length < extremeTachycardiaBeats) return;
    const mean = (all[all.length - 1] - all[0]) / (all.length - 1);
    const heartRateBpm = (60 * this.rateHz) / mean;
    if (heartRateBpm <= extremeTachycardiaBpm) return;
    for (let i = 1; i < all.length; i++) {
      if (Math.abs(all[i] - all[i - 1] - mean) > REGULAR_SHARE * mean) return;
    }
    this.tachycardia.begin(now, all[0], { beatSamples: all, heartRateBpm }, emit);
  }

  private read(sample: number, { now, emit }: Moment): void {
    const { extremeBradycardiaBpm, extremeBradycardiaBeats, extremeTachycardiaBpm, extremeTachycardiaBeats } =
      this.limits;
    const { hysteresisBpm } = this.limits;
    const last = this.peaks.at(-1);
    const most = Math.max(extremeBradycardiaBeats, extremeTachycardiaBeats);
    this.peaks = [...this.peaks, sample].slice(-most);
    if (last === undefined) return;
    const bpm = (60 * this.rateHz) / (sample - last);
    this.recovered = bpm > extremeBradycardiaBpm + hysteresisBpm ? this.recovered + 1 : 0;
    if (this.recovered >= RECOVERED_INTERVALS) this.bradycardia.end(now, this.meanBpm(RECOVERED_INTERVALS), emit);
    const mean = this.meanBpm(Math.min(this.peaks.length, extremeTachycardiaBeats) - 1);
    if (this.peaks.length >= extremeTachycardiaBeats && mean > extremeTachycardiaBpm) {
      const [first, second] = this.peaks.slice(-extremeTachycardiaBeats);
      // What was before the onset is no part of it.
      const isFast = (60 * this.rateHz) / (second - first) > this.limits.tachycardiaBpm;
      if (isFast) this.tachycardia.begin(now, first, this.evidence(extremeTachycardiaBeats - 1), emit);
    } else if (mean < extremeTachycardiaBpm - hysteresisBpm) {
      this.tachycardia.end(now, mean, emit);
    }
  }

  /** Whether these are all the peaks that are needed, take longer than `slowest`, and but for one lie far apart. */
  private isSlow(peaks: readonly number[], slowest: number): boolean {
    const { extremeBradycardiaBeats, bradycardiaBpm } = this.limits;
    if (peaks.length < extremeBradycardiaBeats || peaks[peaks.length - 1] - peaks[0] <= slowest) return false;
    const usual = (60 / bradycardiaBpm) * this.rateHz;
    let short = 0;
    for (let i = 1; i < peaks.length; i++) if (peaks[i] - peaks[i - 1] < usual) short++;
    return short <= 1;
  }

  private evidence(intervals: number): Evidence {
    const known = Math.min(intervals, this.peaks.length - 1);
    return { beatSamples: this.peaks.slice(-known - 1), heartRateBpm: known > 0 ? this.meanBpm(known) : null };
  }

  /** Mean rate of the last `intervals`, which are there. */
  private meanBpm(intervals: number): number {
    const last = this.peaks.length - 1;
    return (60 * this.rateHz * intervals) / (this.peaks[last] - this.peaks[last - intervals]);
  }
}
