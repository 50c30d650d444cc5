import type { StateReader, StateWriter } from "../../state.ts";
import type { Evidence, OpenCondition } from "./open-condition.ts";
import type { HeardBeat, Moment, Watch, WatchSettings } from "./watch.ts";

/** Intervals that are judged together. */
const INTERVALS = 32;
/** Intervals that differ more than this from the one before, as |Δ ln RR|, are irregular. */
const IRREGULAR = 0.05;
/** Shares of irregular intervals that begin fibrillation and that end it. */
const BEGINS = 0.8;
const ENDS = 0.5;

/** Atrial fibrillation: irregular intervals without P waves. Beats that are rejected, ventricular, or behind such are left out. */
export class AtrialFibrillationWatch implements Watch {
  private readonly condition: OpenCondition;
  /** R peaks of the beats judged, the interval before each, ms, and the beats' P waves (NaN where not known). */
  private peaks: number[] = [];
  private intervalsMs: number[] = [];
  private pWaves: number[] = [];
  /** The beat before was of atrial origin, as far as can be told. */
  private follows = false;

  constructor({ conditions }: WatchSettings) {
    this.condition = conditions.of("atrial-fibrillation", () => this.evidence());
  }

  beat({ sample, beatClass, rrMs, pWave }: HeardBeat, { now, trusted, emit }: Moment): void {
    if (!trusted) {
      this.follows = false;
      return;
    }
    const isAtrial = beatClass === "N" || beatClass === "S";
    const follows = this.follows && rrMs !== null;
    this.follows = isAtrial;
    if (!isAtrial || !follows || rrMs === null) return;
    this.peaks = [...this.peaks, sample].slice(-INTERVALS);
    this.intervalsMs = [...this.intervalsMs, rrMs].slice(-INTERVALS);
    this.pWaves = [...this.pWaves, pWave ?? Number.NaN].slice(-INTERVALS);
    if (this.peaks.length < INTERVALS) return;
    const irregular = this.irregularShare();
    if (irregular >= BEGINS) this.condition.begin(now, this.peaks[0], this.evidence(), emit);
    else if (irregular <= ENDS) this.condition.end(now, this.evidence().heartRateBpm, emit);
  }

  interrupt(): void {
    this.peaks = [];
    this.intervalsMs = [];
    this.pWaves = [];
    this.follows = false;
  }

  save(to: StateWriter): void {
    to.array(this.peaks);
    to.array(this.intervalsMs);
    to.array(this.pWaves);
    to.flag(this.follows);
  }

  load(from: StateReader): void {
    this.peaks = from.array();
    this.intervalsMs = from.array();
    this.pWaves = from.array();
    this.follows = from.flag();
  }

  private irregularShare(): number {
    let count = 0;
    for (let i = 1; i < this.intervalsMs.length; i++) {
      if (Math.abs(Math.log(this.intervalsMs[i] / this.intervalsMs[i - 1])) > IRREGULAR) count++;
    }
    return count / (this.intervalsMs.length - 1);
  }

  private evidence(): Evidence {
    const total = this.intervalsMs.reduce((sum, value) => sum + value, 0);
    return {
      beatSamples: this.peaks,
      heartRateBpm: total > 0 ? (60_000 * this.intervalsMs.length) / total : null,
    };
  }
}
