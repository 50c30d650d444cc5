import { MAX_BLOCK } from "../block.ts";
import { CHAIN_RATE_HZ } from "../events.ts";
import { bandPass, Filter } from "../filters.ts";
import type { Stateful, StateReader, StateWriter } from "../state.ts";
import { RecentMedian } from "./recent.ts";
import { RejectedPeaks } from "./rejected-peaks.ts";
import type { QrsListener, QrsSource } from "./source.ts";

/** All in samples of 125 Hz or in mV of the energy curve; chosen on DS1 (README.md). */
const ENERGY_WINDOW = 16;
/** Delay of the energy curve's peak behind the QRS: half its window and the band-pass. */
const ENERGY_DELAY = ENERGY_WINDOW / 2 + 4;
const REFINE_HALF_WIDTH = 10;
/** Delay of the 2–30 Hz band-pass. */
const SHAPE_DELAY = 1.5;
/** A peak is decided on so long after its R: with the resampler's 40 ms within 0.3 s. */
const DECIDE_AFTER = 31;
const LATE_AFTER = 32.5;
/** The higher of two peaks as near as this stands for both. */
const BLOCKED = 25;
const REFRACTORY = 25;
/** A lower peak so soon behind a QRS is its T wave. */
const T_WAVE_WITHIN = 45;
const T_WAVE_HEIGHT = 0.55;
const THRESHOLD = 0.3;
const SEARCH_BACK_RR = 1.5;
const SEARCH_BACK_THRESHOLD = 0.5;
/** No QRS is lower: what is left when the heart stands still is not amplified into beats. */
const FLOOR_MV = 0.022;
const INITIAL_SIGNAL_MV = 0.04;
const INITIAL_LOW_MV = 0.001;
const INITIAL_NOISE_MV = 0.004;
const INITIAL_RR = 100;
const LONGEST_RR = 250;
/** Without a QRS for so long the levels sink, so that none stays deaf after a loud disturbance. */
const DECAY_AFTER = 1.7 * CHAIN_RATE_HZ;
const DECAY = 0.994;
/**
 * While they sink, nothing is taken for a QRS that does not stand so far out of the curve's lower values (of 40 % of the time): noise on a heart
 * that stands still would else be amplified into beats. Between the beats of an ECG, however small, the curve is near 0.
 */
const OUT_OF_NOISE = 3;
const LOW_RISES = 1.008;
const LOW_FALLS = 0.988;
/** A deflection the way the bed's R peaks point is R, if it is not much smaller than the opposite one. */
const SAME_WAY = 0.6;
/** A bed's R peaks point up from this balance of its last QRS on. */
const UPWARD_FROM = -0.1;
/** Deflections are looked at up to 23 samples back, and lie a block ahead of the decisions. */
const RING = 64;

const BAND = bandPass(2, 7, 18, CHAIN_RATE_HZ);
const SHAPE_BAND = bandPass(2, 2, 30, CHAIN_RATE_HZ);

/** Curves of a block before they are stored; every detector's, since a block is prepared in one go. */
const filtered = new Float64Array(MAX_BLOCK);
const shaped = new Float64Array(MAX_BLOCK);

/** Causal QRS detector at 125 Hz; see README.md. Constant cost per sample, no allocation. */
export class QrsDetector implements QrsSource {
  private readonly filters = new Float64Array(8);
  private readonly band = new Filter(BAND, this.filters, 0);
  private readonly shape = new Filter(SHAPE_BAND, this.filters, 4);
  private readonly squares = new Float64Array(ENERGY_WINDOW);
  private readonly deflection = new Float64Array(RING);
  private readonly signal = new RecentMedian(INITIAL_SIGNAL_MV);
  private readonly noise = new RecentMedian(INITIAL_NOISE_MV);
  private readonly rr = new RecentMedian(INITIAL_RR);
  /** Of the deflections of the last QRS: see `refine`. */
  private readonly balance = new RecentMedian(0);
  private readonly rejected = new RejectedPeaks();
  /** Sample to be decided at next. */
  private index = 0;
  private start = 0;
  /** The last value of the 7–18 Hz band. */
  private filtered = 0;
  /** The energy curve one and two samples ago. */
  private energy1 = 0;
  private energy2 = 0;
  /** What it is below for 40 % of the time, of late. */
  private low = INITIAL_LOW_MV;
  /** The peak that is not decided on yet: place of its energy, height, R position. Height 0: there is none. */
  private pendingPlace = 0;
  private pendingHeight = 0;
  private pendingPosition = 0;
  private pendingBalance = 0;
  /** Place and height of the last QRS's energy peak. */
  private lastPlace = Number.NEGATIVE_INFINITY;
  private lastHeight = 0;

  /** The energy curve: root mean square slope of the 7–18 Hz band over the last 128 ms. */
  hear(millivolts: Float64Array, energy: Float64Array, count: number): void {
    this.band.run(millivolts, filtered, count);
    this.shape.run(millivolts, shaped, count);
    const { squares, deflection, start } = this;
    let before = this.filtered;
    for (let i = 0, at = this.index; i < count; i++, at++) {
      const slope = at === start ? 0 : filtered[i] - before;
      before = filtered[i];
      squares[at % ENERGY_WINDOW] = 1.5 * slope * slope;
      energy[i] = Math.sqrt(sumOfSixteen(squares) / ENERGY_WINDOW);
      deflection[at & (RING - 1)] = shaped[i];
    }
    this.filtered = before;
  }

  step(energy: number, emit: QrsListener): void {
    const at = this.index++;
    if (this.pendingHeight > 0 && energy > this.pendingHeight && at - this.pendingPlace <= BLOCKED)
      this.pendingHeight = 0;
    if (this.energy1 >= energy && this.energy1 > this.energy2) this.peak(at - 1, this.energy1, at, emit);
    if (this.pendingHeight > 0 && at >= this.pendingPosition + DECIDE_AFTER) this.decide(at, emit);
    const silence = this.silence(at);
    this.low = Math.max(INITIAL_LOW_MV, this.low * (energy > this.low ? LOW_RISES : LOW_FALLS));
    if (silence > SEARCH_BACK_RR * this.rr.median) this.searchBack(at, emit);
    if (silence > DECAY_AFTER) {
      this.signal.scale(DECAY);
      this.noise.scale(DECAY);
    }
    this.energy2 = this.energy1;
    this.energy1 = energy;
  }

  /** Forgets everything; the next sample has index `position125`. */
  reset(position125 = 0): void {
    this.band.reset();
    this.shape.reset();
    for (const part of [this.signal, this.noise, this.rr, this.balance, this.rejected]) part.clear();
    this.squares.fill(0);
    this.deflection.fill(0);
    this.index = this.start = position125;
    this.filtered = this.energy1 = this.energy2 = this.pendingHeight = this.lastHeight = 0;
    this.pendingPlace = this.pendingPosition = this.pendingBalance = 0;
    this.lastPlace = Number.NEGATIVE_INFINITY;
    this.low = INITIAL_LOW_MV;
  }

  save(to: StateWriter): void {
    for (const part of this.parts) to.part(part);
    to.array(this.squares);
    to.array(this.deflection);
    to.array([this.index, this.start, this.filtered, this.energy1, this.energy2]);
    to.array([this.pendingPlace, this.pendingHeight, this.pendingPosition, this.pendingBalance]);
    to.array([this.lastPlace, this.lastHeight, this.low]);
  }

  load(from: StateReader): void {
    for (const part of this.parts) from.part(part);
    from.into(this.squares);
    from.into(this.deflection);
    const numbers = (count: number): Float64Array => {
      const read = new Float64Array(count);
      from.into(read);
      return read;
    };
    [this.index, this.start, this.filtered, this.energy1, this.energy2] = numbers(5);
    [this.pendingPlace, this.pendingHeight, this.pendingPosition, this.pendingBalance] = numbers(4);
    [this.lastPlace, this.lastHeight, this.low] = numbers(3);
  }

  private get parts(): Stateful[] {
    return [this.band, this.shape, this.signal, this.noise, this.rr, this.balance, this.rejected];
  }

  private peak(place: number, height: number, at: number, emit: QrsListener): void {
    if (place - this.lastPlace <= REFRACTORY) return;
    const isNear = place - this.pendingPlace <= BLOCKED;
    if (this.pendingHeight > 0 && isNear && this.pendingHeight >= height) return;
    if (this.pendingHeight > 0 && !isNear) this.decide(at, emit);
    this.pendingPlace = place;
    this.pendingHeight = height;
    this.pendingPosition = this.refine(place, at);
  }

  /** What no QRS is lower than, also in search-back. */
  private floor(at: number): number {
    return this.silence(at) > DECAY_AFTER ? Math.max(FLOOR_MV, OUT_OF_NOISE * this.low) : FLOOR_MV;
  }

  /** Since the last QRS, or the begin. */
  private silence(at: number): number {
    return at - Math.max(this.lastPlace, this.start) - ENERGY_DELAY;
  }

  private get threshold(): number {
    const noise = this.noiseLevel;
    return noise + THRESHOLD * (this.signal.median - noise);
  }

  private get noiseLevel(): number {
    return Math.min(this.noise.median, this.signal.median / 2);
  }

  private isTWave(place: number, height: number): boolean {
    return place - this.lastPlace < T_WAVE_WITHIN && height < T_WAVE_HEIGHT * this.lastHeight;
  }

  private decide(at: number, emit: QrsListener): void {
    const { pendingPlace: place, pendingHeight: height, pendingPosition: position } = this;
    this.pendingHeight = 0;
    if (place - this.lastPlace <= REFRACTORY) return;
    if (height > Math.max(this.threshold, this.floor(at)) && !this.isTWave(place, height)) {
      this.balance.add(this.pendingBalance);
      this.accept(place, height, position, at, emit);
    } else {
      this.noise.add(height);
      this.rejected.add(place, height, position);
    }
  }

  /** The highest rejected peak, if it is half as high as a QRS must be. */
  private searchBack(at: number, emit: QrsListener): void {
    const { count, places, heights, positions } = this.rejected;
    let best = -1;
    for (let i = 0; i < count; i++) {
      if (places[i] - this.lastPlace <= REFRACTORY || this.isTWave(places[i], heights[i])) continue;
      if (best < 0 || heights[i] > heights[best]) best = i;
    }
    const least = Math.max(SEARCH_BACK_THRESHOLD * this.threshold, this.floor(at));
    if (best < 0 || heights[best] <= least) return;
    if (this.pendingHeight > 0 && this.pendingPlace - places[best] <= BLOCKED) return;
    this.accept(places[best], heights[best], positions[best], at, emit);
  }

  private accept(place: number, height: number, position: number, at: number, emit: QrsListener): void {
    const interval = place - this.lastPlace;
    if (interval < LONGEST_RR) this.rr.add(interval);
    this.lastPlace = place;
    this.lastHeight = height;
    this.signal.add(height);
    this.rejected.forgetUntil(place + REFRACTORY);
    emit(position, at - position > LATE_AFTER);
  }

  /**
   * The largest deflection from its surroundings' mean in the 2–30 Hz band around the energy's peak; of two that point
   * opposite ways and are about as large, the one the bed's R peaks point, so that R does not jump between them. That
   * way is the median balance of the deflections (−1 all down, 1 all up) of the last eight QRS, not of what was taken
   * for R in them: a choice that feeds itself would last for as long as the shape does, and whoever begins to listen
   * midway would place R elsewhere.
   */
  private refine(place: number, at: number): number {
    const centre = place - ENERGY_DELAY;
    const from = Math.max(this.start, centre - REFINE_HALF_WIDTH);
    const to = Math.min(at, centre + REFINE_HALF_WIDTH);
    let mean = 0;
    for (let i = from; i <= to; i++) mean += this.deflection[i & (RING - 1)];
    mean /= to - from + 1;
    let up = centre;
    let down = centre;
    let highest = 0;
    let lowest = 0;
    for (let i = from; i <= to; i++) {
      const value = this.deflection[i & (RING - 1)] - mean;
      if (value > highest) {
        highest = value;
        up = i;
      } else if (value < lowest) {
        lowest = value;
        down = i;
      }
    }
    this.pendingBalance = highest > lowest ? (highest + lowest) / (highest - lowest) : 0;
    const upward = this.balance.median >= UPWARD_FROM ? highest >= -SAME_WAY * lowest : SAME_WAY * highest > -lowest;
    return (upward ? up : down) - SHAPE_DELAY;
  }
}

/** In order of place, written out: the same bits as a loop's, at half its cost. */
function sumOfSixteen(a: Float64Array): number {
  const half = a[0] + a[1] + a[2] + a[3] + a[4] + a[5] + a[6] + a[7];
  return half + a[8] + a[9] + a[10] + a[11] + a[12] + a[13] + a[14] + a[15];
}
