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

/** Filtered samples on their way into the sums. */
const wander = new Float64Array(BLOCK_LENGTH);
const slow = new Float64Array(BLOCK_LENGTH);
const sharp = new Float64Array(BLOCK_LENGTH);

/** Running sums over the last 6.4 s of a signal, in blocks of 0.2 s. Constant cost per sample, no allocation. */
export class Blocks implements Stateful {
  private readonly wander = new Filter(WANDER);
  private readonly slow = new Filter(SLOW);
  private readonly sharp = new Filter(SHARP);
  private readonly ring = new Float64Array(KEPT * FIELDS);
  private previous = Number.NaN;
  private begin = 0;
  private next = 0;

  /** Samples that complete the block under way. */
  get room(): number {
    return BLOCK_LENGTH - ((this.next - this.begin) % BLOCK_LENGTH);
  }

  /** The next `count` samples, `room` at most: unfiltered and in the morphology's band, mV. */
  push(raw: Float64Array, band: Float64Array, count: number): void {
    this.wander.run(raw, wander, count);
    this.slow.run(raw, slow, count);
    this.sharp.run(raw, sharp, count);
    const { ring } = this;
    const place = (this.next - this.begin) % BLOCK_LENGTH;
    const at = this.slot((this.next - this.begin - place) / BLOCK_LENGTH);
    if (place === 0) this.open(at, raw[0], band[0]);
    let before = Number.isNaN(this.previous) ? band[0] : this.previous;
    for (let i = 0; i < count; i++) {
      const step = band[i] - before;
      before = band[i];
      ring[at] += band[i] * band[i];
      ring[at + 1] += Math.abs(step);
      ring[at + 2] += step * step;
      ring[at + 3] += wander[i];
      ring[at + 4] += wander[i] * wander[i];
      ring[at + 5] += slow[i] * slow[i];
      ring[at + 6] += sharp[i] * sharp[i];
      if (raw[i] < ring[at + 7]) ring[at + 7] = raw[i];
      if (raw[i] > ring[at + 8]) ring[at + 8] = raw[i];
      if (band[i] < ring[at + 9]) ring[at + 9] = band[i];
      if (band[i] > ring[at + 10]) ring[at + 10] = band[i];
    }
    this.previous = before;
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

  /** Adds up the complete blocks that lie, in part at least, between two indices. */
  over(from: number, to: number): BlockSums {
    const complete = Math.floor((this.next - this.begin) / BLOCK_LENGTH);
    const first = Math.max(0, complete - KEPT + 1, Math.floor((from - this.begin) / BLOCK_LENGTH));
    const end = Math.min(complete, Math.ceil((to - this.begin) / BLOCK_LENGTH));
    const sums = nothing();
    for (let block = first; block < end; block++) this.addTo(sums, this.slot(block));
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
    this.ring.fill(0, at, at + 7);
    this.ring.fill(raw, at + 7, at + 9);
    this.ring.fill(band, at + 9, at + 11);
  }

  private addTo(sums: BlockSums, at: number): void {
    const { ring } = this;
    sums.samples += BLOCK_LENGTH;
    sums.band += ring[at];
    sums.steps += ring[at + 1];
    sums.squaredSteps += ring[at + 2];
    sums.wander += ring[at + 3];
    sums.squaredWander += ring[at + 4];
    sums.slow += ring[at + 5];
    sums.sharp += ring[at + 6];
    sums.low = Math.min(sums.low, ring[at + 7]);
    sums.high = Math.max(sums.high, ring[at + 8]);
    sums.bandLow = Math.min(sums.bandLow, ring[at + 9]);
    sums.bandHigh = Math.max(sums.bandHigh, ring[at + 10]);
  }
}

function nothing(): BlockSums {
  return {
    samples: 0,
    band: 0,
    steps: 0,
    squaredSteps: 0,
    wander: 0,
    squaredWander: 0,
    slow: 0,
    sharp: 0,
    low: Number.POSITIVE_INFINITY,
    high: Number.NEGATIVE_INFINITY,
    bandLow: Number.POSITIVE_INFINITY,
    bandHigh: Number.NEGATIVE_INFINITY,
  };
}
