import { decodeFrame, encodeFrame, type Frame, frameEnd, sampleCount } from "../../../contracts/frame.ts";
import type { StateReader, Stateful, StateWriter } from "../../../signal/state.ts";

/** Frames that may wait for one that is missing before it, and for how much signal; then the gap is real. */
const MAX_WAITING_FRAMES = 8;
export const MAX_WAITING_SECONDS = 1;

export type ContinuityEvent =
  /** The next samples of the epoch: `frame`'s from index `from` on (what came before was already seen). */
  | { readonly type: "samples"; readonly frame: Frame; readonly from: number }
  /** `count` samples never came. */
  | { readonly type: "missing"; readonly count: number }
  /** A frame whose samples were all seen before, or given up as missing. */
  | { readonly type: "discarded"; readonly reason: "duplicate" | "late"; readonly frame: Frame };

/**
 * Puts an epoch's frames in order of their sample index: duplicates and late frames are discarded, early ones wait a
 * little for the missing one. What comes out depends on the order of the frames alone.
 */
export class Continuity implements Stateful {
  private next: number;
  private waiting: Frame[] = [];
  private recentStarts: number[] = [];

  /** `first`: index of the epoch's first sample as this reader sees it. */
  constructor(first: number) {
    this.next = first;
  }

  /** Index of the sample after the last one given out. */
  get position(): number {
    return this.next;
  }

  /** Index of the sample after the last one that has come: given out, or in a frame that waits. */
  get reach(): number {
    const { length } = this.waiting;
    return length === 0 ? this.next : Math.max(this.next, frameEnd(this.waiting[length - 1]));
  }

  push(frame: Frame, emit: (event: ContinuityEvent) => void): void {
    if (frame.firstSample > this.next) {
      if (this.waiting.some((other) => other.firstSample === frame.firstSample)) {
        emit({ type: "discarded", reason: "duplicate", frame });
        return;
      }
      this.waiting.push(frame);
      this.waiting.sort((a, b) => a.firstSample - b.firstSample);
      if (frame.last) this.flush(emit);
      // One gap after the other: behind the first, what is missing may still come.
      else while (this.waitsTooLong(frame.samplingRateHz)) this.giveUp(emit);
      return;
    }
    this.take(frame, emit);
    this.takeNext(emit);
  }

  /** Gives up waiting: what is missing before the waiting frames is missing. */
  flush(emit: (event: ContinuityEvent) => void): void {
    while (this.waiting.length > 0) this.giveUp(emit);
  }

  /** What is missing before the first frame that waits is missing; it and what continues it is given out. */
  private giveUp(emit: (event: ContinuityEvent) => void): void {
    const missing = this.waiting[0].firstSample - this.next;
    if (missing > 0) {
      emit({ type: "missing", count: missing });
      this.next += missing;
    }
    this.takeNext(emit);
  }

  private takeNext(emit: (event: ContinuityEvent) => void): void {
    while (this.waiting.length > 0 && this.waiting[0].firstSample <= this.next) this.takeWaiting(emit);
  }

  private waitsTooLong(samplingRateHz: number): boolean {
    const { length } = this.waiting;
    if (length > MAX_WAITING_FRAMES) return true;
    // One alone may be a stray: the true frames still come.
    return length > 1 && (frameEnd(this.waiting[length - 1]) - this.next) / samplingRateHz > MAX_WAITING_SECONDS;
  }

  save(to: StateWriter): void {
    to.number(this.next);
    to.array(this.recentStarts);
    to.number(this.waiting.length);
    for (const frame of this.waiting) to.octets(encodeFrame(frame));
  }

  load(from: StateReader): void {
    this.next = from.number();
    this.recentStarts = from.array();
    this.waiting = Array.from({ length: from.number() }, () => decodeFrame(from.octets()));
  }

  private takeWaiting(emit: (event: ContinuityEvent) => void): void {
    const frame = this.waiting.shift();
    if (frame) this.take(frame, emit);
  }

  private take(frame: Frame, emit: (event: ContinuityEvent) => void): void {
    const end = frameEnd(frame);
    if (end <= this.next && !(end === this.next && frame.last && sampleCount(frame) === 0)) {
      const reason = this.recentStarts.includes(frame.firstSample) ? "duplicate" : "late";
      emit({ type: "discarded", reason, frame });
      return;
    }
    emit({ type: "samples", frame, from: this.next - frame.firstSample });
    this.next = end;
    this.recentStarts.push(frame.firstSample);
    if (this.recentStarts.length > 64) this.recentStarts.shift();
  }
}
