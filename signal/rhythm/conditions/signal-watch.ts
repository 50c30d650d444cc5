import type { RhythmLimits } from "../../../contracts/rhythm-policy.ts";
import type { QualityEvent } from "../../events.ts";
import type { StateReader, Stateful, StateWriter } from "../../state.ts";
import { type EmitChange, NO_EVIDENCE, type OpenCondition } from "./open-condition.ts";
import type { WatchSettings } from "./watch.ts";

/** Lead off and noise, and what they mean for the rest: from when on the signal can be trusted. */
export class SignalWatch implements Stateful {
  private readonly leadOff: OpenCondition;
  private readonly noisy: OpenCondition;
  private readonly limits: RhythmLimits;
  private readonly rateHz: number;
  /** Seconds in a row that were off, that were on, that were noisy and not off, that were good. */
  private off = 0;
  private on = 0;
  private noise = 0;
  private good = 0;

  constructor({ rateHz, limits, conditions }: WatchSettings) {
    this.rateHz = rateHz;
    this.limits = limits;
    this.leadOff = conditions.of("lead-off");
    this.noisy = conditions.of("noisy-signal");
  }

  /** The last second judged was good. */
  get trusted(): boolean {
    return this.good > 0;
  }

  get isOff(): boolean {
    return this.leadOff.open;
  }

  quality({ sample, state }: QualityEvent, now: number, emit: EmitChange): void {
    this.off = state === "lead-off" ? this.off + 1 : 0;
    this.on = state === "lead-off" ? 0 : this.on + 1;
    this.noise = state === "noisy" ? this.noise + 1 : 0;
    this.good = state === "good" ? this.good + 1 : 0;
    const { leadOffSeconds, leadOnSeconds, noisySeconds, cleanSeconds } = this.limits;

    if (this.off >= leadOffSeconds) {
      this.noisy.end(now, null, emit);
      this.leadOff.begin(now, this.beginOf(this.off, sample), NO_EVIDENCE, emit);
    } else if (this.on >= leadOnSeconds) {
      this.leadOff.end(now, null, emit);
    }
    if (this.noise >= noisySeconds && !this.leadOff.open) {
      this.noisy.begin(now, this.beginOf(this.noise, sample), NO_EVIDENCE, emit);
    } else if (this.good >= cleanSeconds) {
      this.noisy.end(now, null, emit);
    }
  }

  /**
   * No samples since `since`, for too long for a gap between frames: a lead that is off, whatever the device sends for
   * it.
   */
  lost(now: number, since: number, emit: EmitChange): void {
    this.noisy.end(now, null, emit);
    this.leadOff.begin(now, since, NO_EVIDENCE, emit);
    this.off = this.on = this.noise = this.good = 0;
  }

  /** Nothing was heard: what stood cannot be said to go on. */
  interrupt(now: number, emit: EmitChange): void {
    this.leadOff.end(now, null, emit);
    this.noisy.end(now, null, emit);
    this.off = this.on = this.noise = this.good = 0;
  }

  save(to: StateWriter): void {
    for (const count of [this.off, this.on, this.noise, this.good]) to.number(count);
  }

  load(from: StateReader): void {
    this.off = from.number();
    this.on = from.number();
    this.noise = from.number();
    this.good = from.number();
  }

  private beginOf(seconds: number, end: number): number {
    return Math.max(0, Math.round(end - seconds * this.rateHz));
  }
}
