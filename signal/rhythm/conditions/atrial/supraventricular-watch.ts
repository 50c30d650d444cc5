import type { RhythmLimits } from "../../../../contracts/rhythm-policy.ts";
import type { StateReader, StateWriter } from "../../../state.ts";
import type { Evidence, OpenCondition } from "../open-condition.ts";
import type { HeardBeat, Moment, Watch, WatchSettings } from "../watch.ts";

/** Intervals before whose mean tells the rhythm from which it began. */
const BEFORE = 6;
/** It is fast all at once: the first interval takes at most this share of the mean before. */
const ABRUPT = 0.8;
/** Intervals within it lie so close to their mean: fibrillation's do not. */
const REGULAR = 0.2;
/** Slow intervals in a row that end it. */
const SLOW_INTERVALS = 2;
const MOST = 64;

/** Beats that are not ventricular, fast all at once and evenly: paroxysmal. A rate that rises step by step is none. */
export class SupraventricularWatch implements Watch {
  private readonly condition: OpenCondition;
  private readonly limits: RhythmLimits;
  /** Intervals before the fast ones, ms. */
  private beforeMs: number[] = [];
  /** R peaks of the fast beats, the first of which is the one that came early, and the interval before each, ms. */
  private peaks: number[] = [];
  private intervalsMs: number[] = [];
  private slow = 0;

  constructor({ limits, conditions }: WatchSettings) {
    this.limits = limits;
    this.condition = conditions.of("supraventricular-tachycardia", () => this.evidence());
  }

  beat({ sample, beatClass, rrMs }: HeardBeat, { now, trusted, isOpen, emit }: Moment): void {
    if (!trusted || rrMs === null || (beatClass !== "N" && beatClass !== "S")) {
      if (!this.condition.open) this.forgetFast();
      else if (beatClass === "V" && ++this.slow >= SLOW_INTERVALS) this.stop(now, emit);
      return;
    }
    const { supraventricularBpm, supraventricularBeats, hysteresisBpm } = this.limits;
    const bpm = 60_000 / rrMs;
    if (this.condition.open) {
      this.slow = bpm < supraventricularBpm - hysteresisBpm ? this.slow + 1 : 0;
      if (this.slow >= SLOW_INTERVALS) this.stop(now, emit);
      else this.take(sample, rrMs);
      return;
    }
    if (bpm < supraventricularBpm || (this.peaks.length === 0 && !this.isAbrupt(rrMs))) {
      this.forgetFast();
      this.beforeMs = [...this.beforeMs, rrMs].slice(-BEFORE);
      return;
    }
    this.take(sample, rrMs);
    const { length } = this.peaks;
    if (length < supraventricularBeats || !this.isRegular() || isOpen("atrial-fibrillation")) return;
    if (this.condition.begin(now, this.peaks[0], this.evidence(), emit)) this.beforeMs = [];
  }

  interrupt(): void {
    this.beforeMs = [];
    this.forgetFast();
  }

  save(to: StateWriter): void {
    to.array(this.beforeMs);
    to.array(this.peaks);
    to.array(this.intervalsMs);
    to.number(this.slow);
  }

  load(from: StateReader): void {
    this.beforeMs = from.array();
    this.peaks = from.array();
    this.intervalsMs = from.array();
    this.slow = from.number();
  }

  private take(sample: number, rrMs: number): void {
    this.peaks = [...this.peaks, sample].slice(-MOST);
    this.intervalsMs = [...this.intervalsMs, rrMs].slice(-MOST);
  }

  private stop(now: number, emit: Moment["emit"]): void {
    this.condition.end(now, this.evidence().heartRateBpm, emit);
    this.interrupt();
  }

  private forgetFast(): void {
    this.peaks = [];
    this.intervalsMs = [];
    this.slow = 0;
  }

  private isAbrupt(rrMs: number): boolean {
    const total = this.beforeMs.reduce((sum, value) => sum + value, 0);
    return this.beforeMs.length === BEFORE && rrMs <= (ABRUPT * total) / BEFORE;
  }

  /** But for the first interval, whose beat may have come earlier than those that follow. */
  private isRegular(): boolean {
    const rest = this.intervalsMs.slice(1);
    const mean = rest.reduce((sum, value) => sum + value, 0) / rest.length;
    return rest.every((value) => Math.abs(value - mean) <= REGULAR * mean);
  }

  private evidence(): Evidence {
    const total = this.intervalsMs.reduce((sum, value) => sum + value, 0);
    return { beatSamples: this.peaks, heartRateBpm: total > 0 ? (60_000 * this.peaks.length) / total : null };
  }
}
