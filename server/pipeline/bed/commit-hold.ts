import type { StateReader, Stateful, StateWriter } from "../../../signal/state.ts";
import { LATE_START_SECONDS, WARM_UP_SECONDS } from "./epoch.ts";

/**
 * A beat is given out at the latest so long after its R peak: search-back at 1.5 × the longest RR (3 s), then the
 * window's 2 s, rounded up.
 */
const LATEST_BEAT_SECONDS = 8;

/** How far behind a bed's last finished frame a worker that takes over begins to read. */
export const REPLAY_SECONDS = WARM_UP_SECONDS + LATEST_BEAT_SECONDS;

/** The samples of one epoch that are through with one frame. */
export interface Progress {
  readonly firstSample: number;
  readonly endSample: number;
  readonly ended: boolean;
}

/**
 * The frames of a bed's last REPLAY_SECONDS: its partition is committed no further than the first of them. What a worker
 * that begins there withholds, as it hears it in its first WARM_UP_SECONDS, was published before.
 *
 * Where checkpoints are written, no further than the first frame, whatever became of it, that came behind the last one that the bus has,
 * either: who took over from it would miss what lies between. A worker that catches up hears minutes of frames while one checkpoint is on
 * its way; behind a long silence the first ones may wait for one that is missing.
 */
export class CommitHold implements Stateful {
  private epoch = "";
  /** Offsets of the epoch's first frame, and of the last one that a reader would take for its begin. */
  private beginAt = -1;
  private lastEarlyAt = -1;
  /** Offsets and first samples, a ring; nothing of it is for the garbage collector to go through. */
  private offsets = new Float64Array(128);
  private starts = new Float64Array(128);
  private head = 0;
  private count = 0;
  private needsCheckpoint = false;
  /** Offset of the last frame that came. */
  private lastHeard = -1;
  /** Where who takes over from the bus's checkpoint must begin to read; null where nothing has come behind it. */
  private untold: number | null = null;

  /** Frames that are remembered. */
  get length(): number {
    return this.count;
  }

  /** Whether an epoch is under way of which frames are through. */
  get isHolding(): boolean {
    return this.count > 0;
  }

  /** The offset that must be read again; null where nothing is held. */
  get offset(): number | null {
    const first = this.isHolding ? this.offsets[this.head] : null;
    if (!this.needsCheckpoint || this.untold === null) return first;
    return Math.min(first ?? Number.POSITIVE_INFINITY, this.untold);
  }

  /** From here on the partition is held back until the bus has a checkpoint. */
  awaitCheckpoint(): void {
    this.needsCheckpoint = true;
  }

  /** A frame has come, whatever becomes of it. */
  heard(offset: number): void {
    this.lastHeard = offset;
    this.untold ??= offset;
  }

  /** The bus has a checkpoint that stands at this frame. `isHeld`: it is worth nothing where what follows has been committed. */
  checkpointed(offset: number, isHeld: boolean): void {
    this.needsCheckpoint = true;
    this.untold = isHeld || this.lastHeard > offset ? offset + 1 : null;
  }

  /** One can't be written, for good: the bed is taken over by its frames. */
  goWithoutCheckpoint(): void {
    this.needsCheckpoint = false;
  }

  /**
   * Where a reader may begin in place of `offset`: one that began among an epoch's first frames would take the first that it sees for the
   * epoch's begin, and hear it otherwise. Another bed of the partition may be held there.
   */
  beginning(offset: number): number {
    return offset > this.beginAt && offset <= this.lastEarlyAt ? this.beginAt : offset;
  }

  /** A frame is through: its outputs are acknowledged. A bed's frames finish in order. */
  finish(offset: number, epoch: string, samplingRateHz: number, { firstSample, endSample, ended }: Progress): void {
    if (ended) {
      if (this.epoch === epoch) this.release();
      return;
    }
    if (this.epoch !== epoch) {
      this.epoch = epoch;
      this.release();
      this.beginAt = this.lastEarlyAt = offset;
    }
    if (firstSample <= LATE_START_SECONDS * samplingRateHz) this.lastEarlyAt = offset;
    // A frame that waits, or brings nothing new, lies where the next one begins: the first of them is enough.
    if (this.count > 0 && this.starts[this.at(this.count - 1)] === firstSample) return;
    this.push(offset, firstSample);
    const needed = endSample - REPLAY_SECONDS * samplingRateHz;
    while (this.count > 1 && this.starts[this.at(1)] <= needed) {
      this.head = this.at(1);
      this.count--;
    }
  }

  /** The partition is not held back for this bed any more. */
  release(): void {
    this.head = 0;
    this.count = 0;
  }

  save(to: StateWriter): void {
    to.text(this.epoch);
    to.number(this.beginAt);
    to.number(this.lastEarlyAt);
    to.number(this.count);
    for (let i = 0; i < this.count; i++) {
      to.number(this.offsets[this.at(i)]);
      to.number(this.starts[this.at(i)]);
    }
  }

  load(from: StateReader): void {
    this.release();
    this.epoch = from.text();
    this.beginAt = from.number();
    this.lastEarlyAt = from.number();
    for (let left = from.number(); left > 0; left--) this.push(from.number(), from.number());
  }

  private at(index: number): number {
    return (this.head + index) & (this.starts.length - 1);
  }

  private push(offset: number, firstSample: number): void {
    if (this.count === this.starts.length) this.grow();
    const end = this.at(this.count++);
    this.offsets[end] = offset;
    this.starts[end] = firstSample;
  }

  private grow(): void {
    const from = this.head;
    const turned = (values: Float64Array): Float64Array<ArrayBuffer> => {
      const larger = new Float64Array(2 * values.length);
      larger.set(values.subarray(from));
      larger.set(values.subarray(0, from), values.length - from);
      return larger;
    };
    this.offsets = turned(this.offsets);
    this.starts = turned(this.starts);
    this.head = 0;
  }
}
