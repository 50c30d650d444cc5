import { RunningMedian } from "./median.ts";
import { CHAIN_RATE_HZ, WINDOW_R_INDEX as R } from "../events.ts";
import type { StateReader, StateWriter, Stateful } from "../state.ts";

/** QRS compared: −96 to +152 ms from R. Of one that is turned over another wave may be taken for R: it is looked for so far about. */
const FROM = -12;
const LENGTH = 31;
const MOST_LAG = 6;
/** The usual QRS is the mean of about so many beats, and known from so many on. */
const LEARNED_BEATS = 16;
/** A beat is usual that is so like it, and larger or smaller by no more than this factor: what drifts is followed. */
const USUAL_LIKENESS = 0.85;
const USUAL_FACTOR = 1.7;
/** A beat is the usual one in another calibration that is so like it in shape, and turned over, or larger or smaller by this factor. */
const SAME_LIKENESS = 0.93;
const CHANGED_FACTOR = 2;
/** Of the last beats of the usual's shape so many must agree, within this factor of their median, … */
const LAST_BEATS = 8;
const LEAST_AGREEING = 7;
const AGREEING_FACTOR = 1.5;
/** … at intervals within this of those before, as |Δ ln RR|; … */
const SAME_RATE = 0.15;
/** … and the last usual beat came no longer ago: else it is no step. */
const STEP_SAMPLES = 25 * CHAIN_RATE_HZ;
/** A calibration that has stood for so long since it changed is the lead's own. */
const ACCEPTED_SAMPLES = 600 * CHAIN_RATE_HZ;
/**
 * A usual QRS of more, peak to peak, mV, no electrode has, and from where on it may be one's again. One that is too small for a heart is
 * not found as a QRS at all.
 */
const MOST_MILLIVOLTS = 8;
const AGAIN_MILLIVOLTS = 7;

/** The QRS that is looked at, about its mean, mV. */
const shape = new Float64Array(LENGTH);

/**
 * Whether a lead's calibration, gain or polarity, can be trusted. Not where its usual QRS goes on in shape and rate but is all at once
 * turned over, or larger or smaller by a factor that no heart has from one beat to the next: until it is as before again, or has been so
 * for ten minutes: by then somebody has seen it, and it is the calibration that changes are measured by. Nor where its usual QRS is larger
 * than an electrode's may be. Another shape (bundle branch block, ventricular rhythms), another rate, and a slow drift change nothing.
 */
export class Calibration implements Stateful {
  private readonly usual = new Float64Array(LENGTH);
  private usualNorm = 0;
  /** Beats that it is the mean of, and those since the last one that were none. */
  private learned = 0;
  private misfits = 0;
  /** Interval between usual beats, ms, and the last one's R at 125 Hz; NaN where not known. */
  private usualRrMs = Number.NaN;
  private usualAt = Number.NaN;
  private isTooLarge = false;
  /** Of the last beats of its shape, against it: 1 as it is, negative where turned over. */
  private readonly gains = new RunningMedian(LAST_BEATS);
  private readonly intervalsMs = new RunningMedian(LAST_BEATS);
  /** R, at 125 Hz, of the beat by which it had changed; NaN where it has not. */
  private changedAt = Number.NaN;

  get isSuspect(): boolean {
    return this.isTooLarge || !Number.isNaN(this.changedAt);
  }

  /** The next beat. `window`: [187] mV, R at 62; `position`: of R in the epoch, at 125 Hz; `rrMs`: since the R peak before. */
  add(window: Float64Array, position: number, rrMs: number | null): void {
    if (rrMs !== null) this.intervalsMs.push(rrMs);
    const gain = this.gainOf(window);
    const isUsual = isWithin(gain, USUAL_FACTOR);
    this.misfits = isUsual ? 0 : this.misfits + 1;
    const hasChanged = !Number.isNaN(this.changedAt);
    if (isUsual) {
      this.usualAt = position;
      if (!hasChanged) this.learn();
    } else if (this.learned < LEARNED_BEATS && this.misfits > this.learned) {
      this.restart();
      this.learn();
    }
    // Between beats of the usual shape may be others.
    if (gain !== 0) this.gains.push(gain);
    if (this.learned < LEARNED_BEATS || this.gains.size < LAST_BEATS) return;
    if (!hasChanged) this.lookForChange(position);
    else if (this.agreeing(1, USUAL_FACTOR) >= LEAST_AGREEING) this.changedAt = Number.NaN;
    else if (position - this.changedAt >= ACCEPTED_SAMPLES) this.forget();
  }

  /** An electrode is off: as it is put on again, so it is. */
  forget(): void {
    this.restart();
    this.changedAt = Number.NaN;
  }

  save(to: StateWriter): void {
    to.array(this.usual);
    for (const value of [this.learned, this.misfits, this.usualRrMs, this.usualAt, this.changedAt]) to.number(value);
    to.flag(this.isTooLarge);
    for (const part of [this.gains, this.intervalsMs]) to.part(part);
  }

  load(from: StateReader): void {
    from.into(this.usual);
    this.usualNorm = normOf(this.usual);
    this.learned = from.number();
    this.misfits = from.number();
    this.usualRrMs = from.number();
    this.usualAt = from.number();
    this.changedAt = from.number();
    this.isTooLarge = from.flag();
    for (const part of [this.gains, this.intervalsMs]) from.part(part);
  }

  private lookForChange(position: number): void {
    const isStep = position - this.usualAt <= STEP_SAMPLES;
    const { median } = this.gains;
    const isOther = median < 0 || !isWithin(median, CHANGED_FACTOR);
    const isSameRate = Math.abs(Math.log(this.intervalsMs.median / this.usualRrMs)) <= SAME_RATE;
    if (isStep && isOther && isSameRate && this.agreeing(median, AGREEING_FACTOR) >= LEAST_AGREEING) {
      this.changedAt = position;
    } else if (!isStep) {
      this.restart();
    }
  }

  /** How many of the last gains are within a factor of this one. */
  private agreeing(gain: number, factor: number): number {
    let count = 0;
    for (let i = 0; i < LAST_BEATS; i++) if (isWithin(this.gains.at(i) / gain, factor)) count++;
    return count;
  }

  /** Takes the beat's QRS into `shape`, where it is likest to the usual one; its gain against that, 0 where it is another shape. */
  private gainOf(window: Float64Array): number {
    if (this.learned === 0) {
      take(window, 0);
      return 1;
    }
    let likeness = 0;
    let bestLag = 0;
    for (let lag = -MOST_LAG; lag <= MOST_LAG; lag++) {
      const one = take(window, lag) > 0 ? this.likeness() : 0;
      if (Math.abs(one) <= Math.abs(likeness)) continue;
      likeness = one;
      bestLag = lag;
    }
    const gain = (likeness * take(window, bestLag)) / this.usualNorm;
    const isUsual = likeness >= USUAL_LIKENESS && isWithin(gain, USUAL_FACTOR);
    return isUsual || Math.abs(likeness) >= SAME_LIKENESS ? gain : 0;
  }

  /** Correlation of `shape` with the usual QRS. */
  private likeness(): number {
    let product = 0;
    for (let i = 0; i < LENGTH; i++) product += shape[i] * this.usual[i];
    return product / (normOf(shape) * this.usualNorm);
  }

  private learn(): void {
    const { usual } = this;
    const rate = 1 / Math.min(++this.learned, LEARNED_BEATS);
    for (let i = 0; i < LENGTH; i++) usual[i] += rate * (shape[i] - usual[i]);
    this.usualNorm = normOf(usual);
    const { median } = this.intervalsMs;
    const isKnown = !Number.isNaN(this.usualRrMs);
    if (!Number.isNaN(median))
      this.usualRrMs = isKnown ? this.usualRrMs + (median - this.usualRrMs) / LEARNED_BEATS : median;
    if (this.learned < LEARNED_BEATS) return;
    const size = Math.max(...usual) - Math.min(...usual);
    this.isTooLarge = size > (this.isTooLarge ? AGAIN_MILLIVOLTS : MOST_MILLIVOLTS);
  }

  /** The next beat is the first of the usual ones. */
  private restart(): void {
    this.usual.fill(0);
    this.usualNorm = 0;
    this.learned = this.misfits = 0;
    this.usualRrMs = this.usualAt = Number.NaN;
    this.isTooLarge = false;
    this.gains.clear();
  }
}

const isWithin = (gain: number, factor: number): boolean => gain >= 1 / factor && gain <= factor;

/** Into `shape`: the QRS about its mean; its norm. */
function take(window: Float64Array, lag: number): number {
  const begin = R + FROM + lag;
  let mean = 0;
  for (let i = 0; i < LENGTH; i++) mean += window[begin + i] / LENGTH;
  for (let i = 0; i < LENGTH; i++) shape[i] = window[begin + i] - mean;
  return normOf(shape);
}

function normOf(values: Float64Array): number {
  let squares = 0;
  for (let i = 0; i < LENGTH; i++) squares += values[i] * values[i];
  return Math.sqrt(squares);
}
