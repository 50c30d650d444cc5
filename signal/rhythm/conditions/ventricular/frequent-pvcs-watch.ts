import type { RhythmLimits } from "../../../../contracts/rhythm-policy.ts";
import type { StateReader, StateWriter } from "../../../state.ts";
import type { OpenCondition } from "../open-condition.ts";
import { type HeardBeat, isVentricular, type Moment, type Watch, type WatchSettings } from "../watch.ts";

const SECONDS = 60;
/** Ends where there are no more than this share of the limit. */
const ENDS_SHARE = 0.7;

/** Ventricular beats of the last minute, single or in pairs: runs have conditions of their own. */
export class FrequentPvcsWatch implements Watch {
  private readonly condition: OpenCondition;
  private readonly limits: RhythmLimits;
  private readonly span: number;
  /** R peaks of the last minute, and of those in a row of which it is not yet known whether they are a run. */
  private peaks: number[] = [];
  private row: number[] = [];

  constructor({ rateHz, limits, conditions }: WatchSettings) {
    this.limits = limits;
    this.span = SECONDS * rateHz;
    this.condition = conditions.of("frequent-pvcs", () => ({ beatSamples: this.peaks, heartRateBpm: null }));
  }

  beat(beat: HeardBeat, { now, emit }: Moment): void {
    const { ventricularRunBeats, pvcsPerMinute } = this.limits;
    if (isVentricular(beat, this.limits)) {
      this.row = [...this.row, beat.sample].slice(-ventricularRunBeats);
      return;
    }
    if (this.row.length < ventricularRunBeats) this.peaks.push(...this.row);
    this.row = [];
    this.forgetBefore(now - this.span);
    if (this.peaks.length > pvcsPerMinute) {
      this.condition.begin(now, this.peaks[0], { beatSamples: this.peaks, heartRateBpm: null }, emit);
    }
  }

  check({ now, emit }: Moment): void {
    if (!this.condition.open) return;
    this.forgetBefore(now - this.span);
    if (this.peaks.length <= ENDS_SHARE * this.limits.pvcsPerMinute) this.condition.end(now, null, emit);
  }

  interrupt(): void {
    this.peaks = [];
    this.row = [];
  }

  save(to: StateWriter): void {
    to.array(this.peaks);
    to.array(this.row);
  }

  load(from: StateReader): void {
    this.peaks = from.array();
    this.row = from.array();
  }

  private forgetBefore(sample: number): void {
    while (this.peaks.length > 0 && this.peaks[0] < sample) this.peaks.shift();
  }
}
