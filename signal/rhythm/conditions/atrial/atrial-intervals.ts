import type { StateReader, Stateful, StateWriter } from "../../../state.ts";
import { sampleEntropy } from "./sample-entropy.ts";
import type { HeardBeat } from "../watch.ts";

/** Intervals that are looked at together, at most and at least. */
const INTERVALS = 32;
const LEAST_INTERVALS = 16;
/** Intervals outside of these say nothing of the atria: artefacts and pauses. */
const SHORTEST_MS = 200;
const LONGEST_MS = 3000;
/** An interval that differs so much from the one before, as |Δ ln RR|, is irregular. */
const IRREGULAR = 0.05;
/** P waves are looked for from here on before R, and the T wave ends so long behind R: at 60 per minute, and with the cube root of RR [Fridericia]. */
const P_WAVE_BEFORE_R_MS = 240;
const T_WAVE_BEHIND_R_MS = 320;
/** P waves must be known of so many of the beats. */
const LEAST_KNOWN_SHARE = 0.25;

/** What the last intervals and P waves say of the atria. */
export interface AtrialFeatures {
  /** Coefficient of sample entropy of the intervals. */
  readonly entropy: number;
  /** Share of irregular intervals, 0 to 1. */
  readonly irregularShare: number;
  /** ln of the mean interval, s. */
  readonly lnMeanRr: number;
  /** Mean of `BeatEvent.pWave`, −1 to 1; null where too little is known. */
  readonly pWave: number | null;
}

/**
 * The last intervals between beats of atrial origin: beats that are ventricular, fused or rejected are left out with the intervals on either side of
 * them, and what is then left over is judged as if it stood together.
 */
export class AtrialIntervals implements Stateful {
  /** R peaks of the beats judged, the interval before each, ms, and the beats' P waves (NaN where not known). */
  private peaks: number[] = [];
  private intervalsMs: number[] = [];
  private pWaves: number[] = [];
  /** The beat before was of atrial origin, as far as can be told. */
  private follows = false;

  /** R peaks of the beats that are judged together. */
  get beatSamples(): readonly number[] {
    return this.peaks;
  }

  get heartRateBpm(): number | null {
    const total = this.intervalsMs.reduce((sum, value) => sum + value, 0);
    return total > 0 ? (60_000 * this.intervalsMs.length) / total : null;
  }

  /** `trusted`: the signal is good. False where the beat's interval says nothing of the atria. */
  add(
    { sample, beatClass, rrMs, pWave }: Pick<HeardBeat, "sample" | "beatClass" | "rrMs" | "pWave">,
    trusted: boolean,
  ): boolean {
    const isAtrial = trusted && (beatClass === "N" || beatClass === "S");
    const follows = this.follows && isAtrial;
    this.follows = isAtrial;
    if (!follows || rrMs === null || rrMs <= SHORTEST_MS || rrMs >= LONGEST_MS) return false;
    this.peaks = [...this.peaks, sample].slice(-INTERVALS);
    this.intervalsMs = [...this.intervalsMs, rrMs].slice(-INTERVALS);
    this.pWaves = [...this.pWaves, isOnTWave(rrMs) ? Number.NaN : (pWave ?? Number.NaN)].slice(-INTERVALS);
    return true;
  }

  /** Null while there are too few intervals. */
  features(): AtrialFeatures | null {
    const { length } = this.intervalsMs;
    if (length < LEAST_INTERVALS) return null;
    const meanMs = this.intervalsMs.reduce((sum, value) => sum + value, 0) / length;
    let irregular = 0;
    for (let i = 1; i < length; i++) if (this.isIrregular(i)) irregular++;
    return {
      entropy: sampleEntropy(this.intervalsMs),
      irregularShare: irregular / (length - 1),
      lnMeanRr: Math.log(meanMs / 1000),
      pWave: this.meanPWave(),
    };
  }

  /** The R peak from which on the most intervals are irregular: each counts one, each regular one takes one away. */
  onset(): number {
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

  forget(): void {
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

  private isIrregular(i: number): boolean {
    return Math.abs(Math.log(this.intervalsMs[i] / this.intervalsMs[i - 1])) > IRREGULAR;
  }

  private meanPWave(): number | null {
    const known = this.pWaves.filter((value) => !Number.isNaN(value));
    if (known.length < LEAST_KNOWN_SHARE * this.pWaves.length) return null;
    return known.reduce((sum, value) => sum + value, 0) / known.length;
  }
}

/** So early a beat has the T wave of the one before it where its P wave would be: alike from beat to beat in fibrillation, too. */
const isOnTWave = (rrMs: number): boolean => rrMs - P_WAVE_BEFORE_R_MS < T_WAVE_BEHIND_R_MS * Math.cbrt(rrMs / 1000);
