import { type Frame, frameEnd } from "../../../contracts/frame.ts";
import type { StateReader, Stateful, StateWriter } from "../../../signal/state.ts";
import { isSameRecording } from "./held-frame.ts";

/** So much signal in so many frames is what the bed sends from here on. */
const LEAST_SECONDS = 2;
const LEAST_FRAMES = 3;

/**
 * Frames that cannot be taken (their samples were heard, or they contradict their epoch) and continue one another, while
 * nothing that can be taken comes. A producer whose count of samples began again sends them, and every other one that has
 * fallen out of step with what is known of its bed. Frames that are sent twice do, too, but they were produced before.
 */
export class ContraryRun implements Stateful {
  private last = { epoch: "", epochStartMs: 0, samplingRateHz: 0 };
  private frames = 0;
  private begin = 0;
  private end = 0;
  private begunMs = 0;

  /** When the first of its frames was produced, Unix ms. */
  get producedAtMs(): number {
    return this.begunMs;
  }

  /** The next frame that cannot be taken. `sinceMs`: what was produced before does not count. Whether they are enough now. */
  add(frame: Frame, sinceMs: number): boolean {
    if (frame.producedAtMs < sinceMs) return false;
    if (this.frames === 0 || frame.firstSample !== this.end || !isSameRecording(frame, this.last)) {
      this.frames = 0;
      this.begin = frame.firstSample;
      this.begunMs = frame.producedAtMs;
    }
    const { epoch, epochStartMs, samplingRateHz } = frame;
    this.last = { epoch, epochStartMs, samplingRateHz };
    this.frames++;
    this.end = frameEnd(frame);
    return this.frames >= LEAST_FRAMES && this.end - this.begin >= LEAST_SECONDS * samplingRateHz;
  }

  /** A frame was taken. */
  clear(): void {
    this.frames = 0;
  }

  save(to: StateWriter): void {
    to.number(this.frames);
    if (this.frames === 0) return;
    to.text(this.last.epoch);
    to.number(this.last.epochStartMs);
    to.number(this.last.samplingRateHz);
    to.number(this.begin);
    to.number(this.end);
    to.number(this.begunMs);
  }

  load(from: StateReader): void {
    this.frames = from.number();
    if (this.frames === 0) return;
    this.last = { epoch: from.text(), epochStartMs: from.number(), samplingRateHz: from.number() };
    this.begin = from.number();
    this.end = from.number();
    this.begunMs = from.number();
  }
}
