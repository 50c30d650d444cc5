import type { Injection } from "../../contracts/drift.ts";
import type { Frame } from "../../contracts/frame.ts";
import type { Random } from "../../kit/random.ts";

const LATEST_BY_FRAMES = 3;

/** The injections that change the order and number of frames. Which frames are hit is drawn from `random`. */
export class FrameInjector {
  private readonly held: { frame: Frame; due: number }[] = [];
  private count = 0;

  constructor(
    public injections: readonly Injection[],
    private readonly random: Random,
  ) {}

  /** The frames to send in place of `frame`, in order. */
  push(frame: Frame): Frame[] {
    const seconds = frame.firstSample / frame.samplingRateHz;
    let copies = 1;
    let delay = 0;
    for (const { kind, value, fromSeconds, toSeconds } of this.injections) {
      if (seconds < fromSeconds || seconds >= toSeconds) continue;
      if (kind === "drop" && this.hit(value)) copies = 0;
      if (kind === "duplicate" && this.hit(value)) copies *= 2;
      if (kind === "late" && this.hit(value)) delay = 1 + Math.floor(this.random.uniform() * LATEST_BY_FRAMES);
    }
    this.count++;
    if (delay > 0) this.held.push(...Array.from({ length: copies }, () => ({ frame, due: this.count + delay })));
    const due = frame.last ? this.held.splice(0) : this.takeDue();
    const overdue = due.map((held) => held.frame);
    if (delay > 0) return overdue;
    const own = Array.from({ length: copies }, () => frame);
    return frame.last ? [...overdue, ...own] : [...own, ...overdue];
  }

  private takeDue(): { frame: Frame; due: number }[] {
    const due = this.held.filter((held) => held.due <= this.count);
    for (const held of due) this.held.splice(this.held.indexOf(held), 1);
    return due;
  }

  private hit(percent: number): boolean {
    return this.random.uniform() * 100 < percent;
  }
}
