import type { RhythmLimits } from "../../../../contracts/rhythm-policy.ts";
import type { StateReader, Stateful, StateWriter } from "../../../state.ts";
import type { HeardBeat } from "../watch.ts";

const MOST_BEATS = 64;
/**
 * A rhythm under way ends when this many of the last four beats are of another origin: a single capture beat does not end
 * it.
 */
const OTHERS = 2;
const JUDGED_BEATS = 4;
/** … or when this many intervals in a row are slower than its rate by more than the hysteresis. */
const SLOW_INTERVALS = 2;
/** Intervals whose mean rate is told. */
const RATE_INTERVALS = 8;

/** What rhythm the beats of one lead make. */
export type VentricularRhythm = "none" | "run" | "tachycardia";

/**
 * The ventricular beats in a row, as one lead reads them. A run is of beats that are more probably ventricular than not. A
 * tachycardia lasts longer, so that each of its beats needs less: what noise and fusion make doubtful one by one is plain
 * in five fast ones. What cannot be read neither counts nor comes between.
 */
export class VentricularBeats implements Stateful {
  private current: VentricularRhythm = "none";
  /** R peaks in a row that may be ventricular, and 1 where they probably are. */
  private peaks: number[] = [];
  private probable: number[] = [];
  /** 1 where one of the last beats was of another origin, while a rhythm is under way. */
  private others: number[] = [];
  private slow = 0;

  constructor(
    private readonly rateHz: number,
    private readonly limits: RhythmLimits,
  ) {}

  get rhythm(): VentricularRhythm {
    return this.current;
  }

  /** R peaks of the beats that make the rhythm, or are in a row. */
  get beatSamples(): readonly number[] {
    return this.peaks;
  }

  /** Mean rate of the last intervals, of as many as there are; null where there is none. */
  get heartRateBpm(): number | null {
    return this.peaks.length > 1 ? this.bpm(Math.min(RATE_INTERVALS, this.peaks.length - 1)) : null;
  }

  /** First R peak of the rhythm as it was when it began, at this beat. */
  get onset(): number {
    return this.peaks[Math.max(0, this.peaks.length - this.leastBeats)];
  }

  /** Mean rate since then: what it is decided by, without slower beats before it. */
  get onsetBpm(): number {
    return this.bpm(Math.min(this.leastBeats, this.peaks.length) - 1);
  }

  private get leastBeats(): number {
    const { ventricularRunBeats, ventricularTachycardiaBeats } = this.limits;
    return this.current === "run" ? ventricularRunBeats : ventricularTachycardiaBeats;
  }

  beat({ sample, beatClass, rrMs, quality, ventricular }: HeardBeat): void {
    const { minBeatQuality, ventricularTachycardiaProbability, ventricularRunProbability } = this.limits;
    if (quality < minBeatQuality) return;
    const isVentricular = ventricular >= ventricularTachycardiaProbability;
    if (isVentricular) this.add(sample, rrMs, ventricular >= ventricularRunProbability);
    else if (this.current === "none") this.reset();
    if (this.current === "none") return;

    // A fusion beat is half of it: it ends nothing.
    if (!isVentricular && beatClass === "F") return;
    this.others.push(isVentricular ? 0 : 1);
    if (this.others.length > JUDGED_BEATS) this.others.shift();
    const otherBeats = this.others.reduce((sum, other) => sum + other, 0);
    if (otherBeats >= OTHERS || this.slow >= SLOW_INTERVALS) this.reset();
  }

  /** What was under way cannot be said to go on. */
  reset(): void {
    this.current = "none";
    this.peaks = [];
    this.probable = [];
    this.others = [];
    this.slow = 0;
  }

  save(to: StateWriter): void {
    to.text(this.current);
    for (const list of [this.peaks, this.probable, this.others]) to.array(list);
    to.number(this.slow);
  }

  load(from: StateReader): void {
    this.current = from.text() as VentricularRhythm;
    this.peaks = from.array();
    this.probable = from.array();
    this.others = from.array();
    this.slow = from.number();
  }

  private add(sample: number, rrMs: number | null, isProbable: boolean): void {
    const { ventricularRunBeats, ventricularTachycardiaBeats, ventricularBpm, hysteresisBpm } = this.limits;
    this.slow = rrMs !== null && 60_000 / rrMs < ventricularBpm - hysteresisBpm ? this.slow + 1 : 0;
    this.peaks.push(sample);
    this.probable.push(isProbable ? 1 : 0);
    if (this.peaks.length > MOST_BEATS) {
      this.peaks.shift();
      this.probable.shift();
    }
    if (this.isFast(ventricularTachycardiaBeats)) {
      this.current = "tachycardia";
    } else if (this.current === "none" && this.isFast(ventricularRunBeats)) {
      if (this.probable.slice(-ventricularRunBeats).every((one) => one === 1)) this.current = "run";
    }
  }

  /** The last `count` beats are there, and their rate reaches the limit. */
  private isFast(count: number): boolean {
    return this.peaks.length >= count && this.bpm(count - 1) >= this.limits.ventricularBpm;
  }

  /** Mean rate of the last `intervals`, as many as there are at the most. */
  private bpm(intervals: number): number {
    const last = this.peaks.length - 1;
    return (60 * this.rateHz * intervals) / (this.peaks[last] - this.peaks[last - intervals]);
  }
}
