import type { BeatClass } from "../../../contracts/beat.ts";
import type { StateReader, Stateful, StateWriter } from "../../state.ts";
import type { RhythmPolicy } from "../policy.ts";
import { type EmitChange, type Evidence, OpenCondition } from "./open-condition.ts";

/** A beat as the classifier gave it. Sample indices are the epoch's, at the input rate. */
export interface ClassifiedBeat {
  readonly sample: number;
  readonly beatClass: BeatClass;
  /** Since the R peak before; null at the first beat and after a gap. */
  readonly rrMs: number | null;
  /** Of its reading. */
  readonly quality: number;
}

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
export class VentricularWatch implements Stateful {
  private readonly run = new OpenCondition("ventricular-run");
  private readonly tachycardia = new OpenCondition("ventricular-tachycardia");
  private readonly policy: RhythmPolicy;
  /** R peaks of the ventricular beats in a row, and the interval before each, ms (0 where it is not known). */
  private beats: number[] = [];
  private intervalsMs: number[] = [];
  /** 1 where one of the last beats was of another origin, while a rhythm is open. */
  private others: number[] = [];
  private slow = 0;

  constructor(policy: RhythmPolicy) {
    this.policy = policy;
  }

  get open(): boolean {
    return this.run.open || this.tachycardia.open;
  }

  beat({ sample, beatClass, rrMs, quality }: ClassifiedBeat, now: number, emit: EmitChange): void {
    const rejected = beatClass === "Q" || quality < this.policy.minBeatQuality;
    if (rejected || beatClass === "F") {
      if (!this.open) this.reset();
      return;
    }
    if (beatClass === "V") this.ventricular(sample, rrMs, now, emit);
    else if (!this.open) this.reset();
    if (!this.open) return;

    this.others = [...this.others, beatClass === "V" ? 0 : 1].slice(-JUDGED_BEATS);
    const otherBeats = this.others.reduce((sum, other) => sum + other, 0);
    if (otherBeats >= OTHERS || this.slow >= SLOW_INTERVALS) this.interrupt(now, emit);
  }

  update(now: number, everySamples: number, emit: EmitChange): void {
    this.run.update(now, everySamples, () => this.evidence(), emit);
    this.tachycardia.update(now, everySamples, () => this.evidence(), emit);
  }

  /** What is open ends. */
  interrupt(now: number, emit: EmitChange): void {
    const { heartRateBpm } = this.evidence();
    this.tachycardia.end(now, heartRateBpm, emit);
    this.run.end(now, heartRateBpm, emit);
    this.reset();
  }

  save(to: StateWriter): void {
    to.part(this.run);
    to.part(this.tachycardia);
    to.array(this.beats);
    to.array(this.intervalsMs);
    to.array(this.others);
    to.number(this.slow);
  }

  load(from: StateReader): void {
    from.part(this.run);
    from.part(this.tachycardia);
    this.beats = from.array();
    this.intervalsMs = from.array();
    this.others = from.array();
    this.slow = from.number();
  }

  private ventricular(sample: number, rrMs: number | null, now: number, emit: EmitChange): void {
    const { runBeats, tachycardiaBeats, ventricularBpm, hysteresisBpm } = this.policy;
    this.slow = rrMs !== null && 60_000 / rrMs < ventricularBpm - hysteresisBpm ? this.slow + 1 : 0;
    this.beats = [...this.beats, sample].slice(-MOST_BEATS);
    this.intervalsMs = [...this.intervalsMs, rrMs ?? 0].slice(-MOST_BEATS);

    if (this.isFast(tachycardiaBeats)) {
      this.tachycardia.begin(now, this.beats[this.beats.length - tachycardiaBeats], this.evidence(), emit);
      this.run.end(now, this.evidence().heartRateBpm, emit);
    } else if (!this.open && this.isFast(runBeats)) {
      this.run.begin(now, this.beats[this.beats.length - runBeats], this.evidence(), emit);
    }
  }

  /** The last `count` beats are there, and their rate reaches the limit. */
  private isFast(count: number): boolean {
    const bpm = this.beats.length >= count ? this.bpm(count - 1) : null;
    return bpm !== null && bpm >= this.policy.ventricularBpm;
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

  private reset(): void {
    this.beats = [];
    this.intervalsMs = [];
    this.others = [];
    this.slow = 0;
  }
}
