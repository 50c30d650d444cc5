import { QUALITY_POLICY } from "../../contracts/quality.ts";
import { CHAIN_RATE_HZ, type QualityEvent } from "../events.ts";
import type { StateReader, StateWriter, Stateful } from "../state.ts";
import { BLOCK_LENGTH, Blocks, type BlockSums } from "./blocks.ts";
import { noiseAround } from "./measures.ts";
import { cleanness } from "./noise.ts";

/** Seconds are judged with what came before them: a QRS or two more say much. */
const CONTEXT = 2 * CHAIN_RATE_HZ;
/** Less than 0.6 s says nothing. */
const MIN_SAMPLES = 3 * BLOCK_LENGTH;
/** A second that moves less is no electrode's: amplifier noise alone is larger. */
export const FLAT_MILLIVOLTS = 0.005;
/** Stuck this far out it is an amplifier's rail. */
export const RAIL_MILLIVOLTS = 2;
/** Beyond what an electrode's offset may be (± 300 mV, IEC 60601-2-27), with a margin. */
const OFFSET_MILLIVOLTS = 400;
/** Against the bed's QRS: what moves less than the first is no noise but a pause; from the second on it counts in full. */
const QUIET = 0.25;
const LOUD = 0.5;

/** Signal quality once a second and over any stretch of the last seconds. */
export class QualityJudge implements Stateful {
  private readonly blocks = new Blocks();
  private age = 0;

  /** Samples that may be pushed at once: a stretch counts block by block. */
  get room(): number {
    return this.blocks.room;
  }

  /**
   * Samples `from` to before `to` at 125 Hz, `room` at most, mV: unfiltered, and in the morphology's band. Returns whether
   * a second is full: then `second()` judges it.
   */
  push(raw: Float64Array, band: Float64Array, from: number, to: number): boolean {
    this.blocks.push(raw, band, from, to);
    this.age = (this.age + to - from) % CHAIN_RATE_HZ;
    return this.age === 0;
  }

  /** Quality and state of the second that just ended. `scale`: the bed's usual QRS peak to peak, mV, or NaN. */
  second(scale: number): Pick<QualityEvent, "signalQuality" | "state"> {
    const { end } = this.blocks;
    if (isOff(this.blocks, end)) return { signalQuality: 0, state: "lead-off" };
    const signalQuality = this.over(end - CONTEXT, end, scale);
    return { signalQuality, state: signalQuality < QUALITY_POLICY.noisySecond ? "noisy" : "good" };
  }

  /** Quality from one index at 125 Hz to another, in blocks of 0.2 s; 0 where too little is known. */
  over(from: number, to: number, scale: number): number {
    const sums = this.blocks.over(from, to);
    if (sums.samples < MIN_SAMPLES) return 0;
    return 1 - loudness(sums, scale) * (1 - cleanness(sums));
  }

  /** NOISE_MEASURES around the R peak at an index at 125 Hz: what a model's gate judges its beat by. */
  around(r: number, scale: number): Float32Array {
    return noiseAround(this.blocks, r, scale);
  }

  /** Forgets all; the next sample has this index. */
  reset(index: number): void {
    this.blocks.reset(index);
    this.age = 0;
  }

  save(to: StateWriter): void {
    to.part(this.blocks);
    to.number(this.age);
  }

  load(from: StateReader): void {
    from.part(this.blocks);
    this.age = from.number();
  }
}

function isOff(blocks: Blocks, end: number): boolean {
  const second = blocks.over(end - CHAIN_RATE_HZ, end);
  if (second.high - second.low < FLAT_MILLIVOLTS) return true;
  if (second.low > OFFSET_MILLIVOLTS || second.high < -OFFSET_MILLIVOLTS) return true;
  let stuck = 0;
  for (let at = end - CHAIN_RATE_HZ; at < end; at += BLOCK_LENGTH) {
    const block = blocks.over(at, at + BLOCK_LENGTH);
    const flat = block.high - block.low < FLAT_MILLIVOLTS;
    if (flat && Math.abs(block.low) > RAIL_MILLIVOLTS) stuck++;
  }
  return stuck >= 3;
}

/** 0 for a stretch that hardly moves against the bed's QRS, as in asystole; 1 for one that moves like it or more. */
function loudness(sums: Readonly<BlockSums>, scale: number): number {
  if (Number.isNaN(scale)) return 1;
  const range = (sums.bandHigh - sums.bandLow) / scale;
  return Math.min(1, Math.max(0, (range - QUIET) / (LOUD - QUIET)));
}
