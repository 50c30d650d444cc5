import type { RhythmLimits } from "../../../contracts/rhythm-policy.ts";
import type { StateReader, StateWriter } from "../../state.ts";
import type { EmitChange, Evidence, OpenCondition } from "./open-condition.ts";
import type { HeardBeat, Moment, Watch, WatchSettings } from "./watch.ts";

const MOST_BEATS = 64;
/**
 * An open rhythm ends when this many of the last four beats are of another origin: a single capture beat does not end
 * it.
 */
const OTHERS = 2;
const JUDGED_BEATS = 4;
/** … or when this many intervals in a row are slower than its rate by more than the hysteresis. */
const SLOW_INTERVALS = 2;
/** Intervals whose mean rate is told. */
const RATE_INTERVALS = 8;

/**
 * Runs of ventricular beats: 3 or 4 in a row are a run, 5 or more ventricular tachycardia, both at 100/min or more. A
 * run that goes on becomes a tachycardia: that begins, then the run ends. Rejected (Q) beats begin nothing, and neither
 * they nor fusion beats end anything.
 */
export class VentricularWatch implements Watch {
  private readonly run: OpenCondition;
  private readonly tachycardia: OpenCondition;
  private readonly limits: RhythmLimits;
  /** R peaks of the ventricular beats in a row, and the interval before each, ms (0 where it is not known). */
  private beats: number[] = [];
  private intervalsMs: number[] = [];
  /** 1 where one of the last beats was of another origin, while a rhythm is open. */
  private others: number[] = [];
  private slow = 0;

  constructor({ limits, conditions }: WatchSettings) {
    this.limits = limits;
    this.run = conditions.of("ventricular-run", () => this.evidence());
    this.tachycardia = conditions.of("ventricular-tachycardia", () => this.evidence());
  }

  private get open(): boolean {
    return this.run.open || this.tachycardia.open;
  }

  beat({ sample, beatClass, rrMs, quality }: HeardBeat, { now, emit }: Moment): void {
    const rejected = beatClass === "Q" || quality < this.limits.minBeatQuality;
    if (rejected || beatClass === "F") {
      if (!this.open) this.interrupt();
      return;
    }
    if (beatClass === "V") this.ventricular(sample, rrMs, now, emit);
    else if (!this.open) this.interrupt();
    if (!this.open) return;

    this.others = [...this.others, beatClass === "V" ? 0 : 1].slice(-JUDGED_BEATS);
    const otherBeats = this.others.reduce((sum, other) => sum + other, 0);
    if (otherBeats >= OTHERS || this.slow >= SLOW_INTERVALS) this.stop(now, emit);
  }

  interrupt(): void {
    this.beats = [];
    this.intervalsMs = [];
    this.others = [];
    this.slow = 0;
  }

  save(to: StateWriter): void {
    to.array(this.beats);
    to.array(this.intervalsMs);
    to.array(this.others);
    to.number(this.slow);
  }

  load(from: StateReader): void {
    this.beats = from.array();
    this.intervalsMs = from.array();
    this.others = from.array();
    this.slow = from.number();
  }

  private ventricular(sample: number, rrMs: number | null, now: number, emit: EmitChange): void {
    const { ventricularRunBeats, ventricularTachycardiaBeats, ventricularBpm, hysteresisBpm } = this.limits;
    this.slow = rrMs !== null && 60_000 / rrMs < ventricularBpm - hysteresisBpm ? this.slow + 1 : 0;
    this.beats = [...this.beats, sample].slice(-MOST_BEATS);
    this.intervalsMs = [...this.intervalsMs, rrMs ?? 0].slice(-MOST_BEATS);

    if (this.isFast(ventricularTachycardiaBeats)) {
      this.tachycardia.begin(now, this.beats[this.beats.length - ventricularTachycardiaBeats], this.evidence(), emit);
    } else if (!this.open && this.isFast(ventricularRunBeats)) {
      this.run.begin(now, this.beats[this.beats.length - ventricularRunBeats], this.evidence(), emit);
    }
  }

  /** The last `count` beats are there, and their rate reaches the limit. */
  private isFast(count: number): boolean {
    const bpm = this.beats.length >= count ? this.bpm(count - 1) : null;
    return bpm !== null && bpm >= this.limits.ventricularBpm;
  }

  private evidence(): Evidence {
    return { beatSamples: this.beats, heartRateBpm: this.bpm(RATE_INTERVALS) };
  }

  /** Mean rate of the last `intervals`, of as many as there are; null where there is none. */
  private bpm(intervals: number): number | null {
    const count = Math.min(intervals, this.beats.length - 1);
    if (count < 1) return null;
    const total = this.intervalsMs.slice(-count).reduce((sum, value) => sum + value, 0);
    return total > 0 ? (60_000 * count) / total : null;
  }

  /** What is open ends. */
  private stop(now: number, emit: EmitChange): void {
    const { heartRateBpm } = this.evidence();
    this.tachycardia.end(now, heartRateBpm, emit);
    this.run.end(now, heartRateBpm, emit);
    this.interrupt();
  }
}
