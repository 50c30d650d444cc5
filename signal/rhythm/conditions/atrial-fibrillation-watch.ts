import type { StateReader, StateWriter } from "../../state.ts";
import type { Evidence, OpenCondition } from "./open-condition.ts";
import { sampleEntropy } from "./sample-entropy.ts";
import type { HeardBeat, Moment, Watch, WatchSettings } from "./watch.ts";

/** Intervals that are judged together, at most and at least. */
const INTERVALS = 32;
const LEAST_INTERVALS = 24;
/** Intervals outside of these say nothing of the atria: artefacts and pauses. */
const SHORTEST_MS = 200;
const LONGEST_MS = 3000;
/**
 * Sample entropies above which fibrillation begins, below which it ends, where nothing is known of P waves …
 */
const BY_INTERVALS = { begins: 3.6, ends: 3.5 };
/** … and where P waves are known: each P wave, from 0 for none to 1, speaks against as much entropy. README.md says how all were chosen. */
const BY_P_WAVES = { begins: 4, ends: 3.6 };
const P_WAVE_WEIGHT = 2.75;
/**
 * An interval that differs so much from the one before, as |Δ ln RR|, is irregular. Fibrillation begins where so large a share is, ends where
 * so small a one is: entropy alone is high where a fast rhythm begins, too.
 */
const IRREGULAR = 0.05;
const IRREGULAR_SHARES = { begins: 0.6, ends: 0.4 };

/**
 * Atrial fibrillation: intervals that are irregular in no pattern, and no P wave that comes back before each QRS. Beats that are ventricular,
 * fused or rejected are left out with the intervals on either side of them; what is then left over is judged as if it stood together.
 */
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
    const isAtrial = trusted && (beatClass === "N" || beatClass === "S");
    const follows = this.follows && isAtrial;
    this.follows = isAtrial;
    if (!follows || rrMs === null || rrMs <= SHORTEST_MS || rrMs >= LONGEST_MS) return;
    this.peaks = [...this.peaks, sample].slice(-INTERVALS);
    this.intervalsMs = [...this.intervalsMs, rrMs].slice(-INTERVALS);
    this.pWaves = [...this.pWaves, pWave ?? Number.NaN].slice(-INTERVALS);
    if (this.peaks.length < LEAST_INTERVALS) return;
    const pWaves = this.meanPWave();
    const limits = pWaves === null ? BY_INTERVALS : BY_P_WAVES;
    const score = sampleEntropy(this.intervalsMs) - P_WAVE_WEIGHT * (pWaves ?? 0);
    const share = this.irregularShare();
    if (score > limits.begins && share >= IRREGULAR_SHARES.begins) {
      this.condition.begin(now, this.onset(), this.evidence(), emit);
    } else if (score < limits.ends || share < IRREGULAR_SHARES.ends) {
      this.condition.end(now, this.evidence().heartRateBpm, emit);
    }
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

  /** Null where it is known of less than half of the beats. */
  private meanPWave(): number | null {
    const known = this.pWaves.filter((value) => !Number.isNaN(value));
    if (2 * known.length < this.pWaves.length) return null;
    return known.reduce((sum, value) => sum + value, 0) / known.length;
  }

  private irregularShare(): number {
    let count = 0;
    for (let i = 1; i < this.peaks.length; i++) if (this.isIrregular(i)) count++;
    return count / (this.peaks.length - 1);
  }

  private isIrregular(i: number): boolean {
    return Math.abs(Math.log(this.intervalsMs[i] / this.intervalsMs[i - 1])) > IRREGULAR;
  }

  /** The R peak from which on the most intervals are irregular: each counts one, each regular one takes one away. */
  private onset(): number {
    const { peaks } = this;
    let onset = peaks.length - 1;
    let most = Number.NEGATIVE_INFINITY;
    let sum = 0;
    for (let i = peaks.length - 1; i > 0; i--) {
      sum += this.isIrregular(i) ? 1 : -1;
      if (sum < most) continue;
      most = sum;
      onset = i - 1;
    }
    return peaks[onset];
  }

  private evidence(): Evidence {
    const total = this.intervalsMs.reduce((sum, value) => sum + value, 0);
    const heartRateBpm = total > 0 ? (60_000 * this.intervalsMs.length) / total : null;
    return { beatSamples: this.peaks, heartRateBpm };
  }
}
