import { CHAIN_RATE_HZ } from "../events.ts";
import { bandPass, Filter, lowPass } from "../filters.ts";
import type { StateReader, StateWriter, Stateful } from "../state.ts";

/** 0.2 s at 125 Hz: short enough for any stretch to be made of whole blocks. */
export const BLOCK_LENGTH = 25;
const KEPT = 32;

/** What a stretch of signal adds up to. Sums over samples; mV, mV². */
export interface BlockSums {
  samples: number;
  /** Power of 0.5–35 Hz, the morphology's band. */
  band: number;
  /** Absolute and squared steps from sample to sample, in that band. */
  steps: number;
  squaredSteps: number;
  /** What lies below 1 Hz: values and squares. */
  wander: number;
  squaredWander: number;
  /** Powers of 0.5–2 and 16–35 Hz. */
  slow: number;
  sharp: number;
  /** Extremes of the unfiltered signal. */
  low: number;
  high: number;
  /** Extremes in the morphology's band. */
  bandLow: number;
  bandHigh: number;
}

const FIELDS = 11;

const WANDER = lowPass(2, 1, CHAIN_RATE_HZ);
const SLOW = bandPass(2, 0.5, 2, CHAIN_RATE_HZ);
const SHARP = bandPass(2, 16, 35, CHAIN_RATE_HZ);

/** What the last stretch that was asked for adds up to. */
const sums: BlockSums = {
  samples: 0,
  band: 0,
  steps: 0,
  squaredSteps: 0,
  wander: 0,
  squaredWander: 0,
  slow: 0,
  sharp: 0,
  low: 0,
  high: 0,
  bandLow: 0,
  bandHigh: 0,
};

/** Filtered samples on their way into the sums. */
const wander = new Float64Array(BLOCK_LENGTH);
const slow = new Float64Array(BLOCK_LENGTH);
const sharp = new Float64Array(BLOCK_LENGTH);

/** Running sums over the last 6.4 s of a signal, in blocks of 0.2 s. Constant cost per sample, no allocation. */
export class Blocks implements Stateful {
  private readonly filters = new Float64Array(10);
  private readonly wander = new Filter(WANDER, this.filters, 0);
  private readonly slow = new Filter(SLOW, this.filters, 2);
  private readonly sharp = new Filter(SHARP, this.filters, 6);
  private readonly ring = new Float64Array(KEPT * FIELDS);
  private previous = Number.NaN;
  private begin = 0;
  private next = 0;

  /** Samples that complete the block under way. */
  get room(): number {
    return BLOCK_LENGTH - ((this.next - this.begin) % BLOCK_LENGTH);
  }

  /** Samples `from` to before `to`, `room` at most: unfiltered and in the morphology's band, mV. */
  push(raw: Float64Array, band: Float64Array, from: number, to: number): void {
    const count = to - from;
    for (let i = 0; i < count; i++) wander[i] = raw[from + i];
    this.slow.run(wander, slow, count);
    this.sharp.run(wander, sharp, count);
    this.wander.run(wander, wander, count);
    const place = (this.next - this.begin) % BLOCK_LENGTH;
    const at = this.slot((this.next - this.begin - place) / BLOCK_LENGTH);
    if (place === 0) this.open(at, raw[from], band[from]);
    this.addBand(at, band, from, to);
    this.addFiltered(at, count);
    this.widen(at + 7, raw, from, to);
    this.widen(at + 9, band, from, to);
    this.next += count;
  }

  /** Forgets all; the next sample has this index. */
  reset(index: number): void {
    for (const filter of [this.wander, this.slow, this.sharp]) filter.reset();
    this.previous = Number.NaN;
    this.begin = index;
    this.next = index;
  }

  /** Index of the sample that comes next. */
  get end(): number {
    return this.next;
  }

  /** Adds up the complete blocks that lie, in part at least, between two indices. The next call overwrites what is returned. */
  over(from: number, to: number): Readonly<BlockSums> {
    const complete = Math.floor((this.next - this.begin) / BLOCK_LENGTH);
    const first = Math.max(0, complete - KEPT + 1, Math.floor((from - this.begin) / BLOCK_LENGTH));
    const end = Math.min(complete, Math.ceil((to - this.begin) / BLOCK_LENGTH));
    clear(sums);
    for (let block = first; block < end; block++) this.addToSums(this.slot(block));
    return sums;
  }

  save(to: StateWriter): void {
    for (const filter of [this.wander, this.slow, this.sharp]) to.part(filter);
    to.array(this.ring);
    for (const value of [this.previous, this.begin, this.next]) to.number(value);
  }

  load(from: StateReader): void {
    for (const filter of [this.wander, this.slow, this.sharp]) from.part(filter);
    from.into(this.ring);
    this.previous = from.number();
    this.begin = from.number();
    this.next = from.number();
  }

  private slot(block: number): number {
    return (block % KEPT) * FIELDS;
  }

  private open(at: number, raw: number, band: number): void {
    const { ring } = this;
    for (let i = at; i < at + 7; i++) ring[i] = 0;
    ring[at + 7] = ring[at + 8] = raw;
    ring[at + 9] = ring[at + 10] = band;
  }

  /** Power and steps of the morphology's band. */
  private addBand(at: number, band: Float64Array, from: number, to: number): void {
    const { ring } = this;
    let [power, steps, squaredSteps] = [ring[at], ring[at + 1], ring[at + 2]];
    let before = Number.isNaN(this.previous) ? band[from] : this.previous;
    for (let i = from; i < to; i++) {
      const value = band[i];
      const step = value - before;
      before = value;
      power += value * value;
      steps += Math.abs(step);
      squaredSteps += step * step;
    }
    this.previous = before;
    ring[at] = power;
    ring[at + 1] = steps;
    ring[at + 2] = squaredSteps;
  }

  /** What lies below 1 Hz, and the powers of 0.5–2 and 16–35 Hz. */
  private addFiltered(at: number, count: number): void {
    const { ring } = this;
    let [sum, squares, slowPower, sharpPower] = [ring[at + 3], ring[at + 4], ring[at + 5], ring[at + 6]];
    for (let i = 0; i < count; i++) {
      sum += wander[i];
      squares += wander[i] * wander[i];
      slowPower += slow[i] * slow[i];
      sharpPower += sharp[i] * sharp[i];
    }
    ring[at + 3] = sum;
    ring[at + 4] = squares;
    ring[at + 5] = slowPower;
    ring[at + 6] = sharpPower;
  }

  /** Takes values into the extremes that stand at `at`. */
  private widen(at: number, values: Float64Array, from: number, to: number): void {
    let [low, high] = [this.ring[at], this.ring[at + 1]];
    for (let i = from; i < to; i++) {
      if (values[i] < low) low = values[i];
      if (values[i] > high) high = values[i];
    }
    this.ring[at] = low;
    this.ring[at + 1] = high;
  }

  private addToSums(at: number): void {
    const { ring } = this;
    sums.samples += BLOCK_LENGTH;
    sums.band += ring[at];
    sums.steps += ring[at + 1];
    sums.squaredSteps += ring[at + 2];
    sums.wander += ring[at + 3];
    sums.squaredWander += ring[at + 4];
    sums.slow += ring[at + 5];
    sums.sharp += ring[at + 6];
    if (ring[at + 7] < sums.low) sums.low = ring[at + 7];
    if (ring[at + 8] > sums.high) sums.high = ring[at + 8];
    if (ring[at + 9] < sums.bandLow) sums.bandLow = ring[at + 9];
    if (ring[at + 10] > sums.bandHigh) sums.bandHigh = ring[at + 10];
  }
}

function clear(one: BlockSums): void {
  one.samples = 0;
  one.band = one.steps = one.squaredSteps = one.wander = one.squaredWander = one.slow = one.sharp = 0;
  one.low = one.bandLow = Number.POSITIVE_INFINITY;
  one.high = one.bandHigh = Number.NEGATIVE_INFINITY;
}
