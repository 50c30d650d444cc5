import type { RhythmLimits } from "../../../../contracts/rhythm-policy.ts";
import type { QualityEvent } from "../../../events.ts";
import type { StateReader, Stateful, StateWriter } from "../../../state.ts";
import { type EmitChange, NO_EVIDENCE, type OpenCondition } from "../open-condition.ts";
import type { WatchSettings } from "../watch.ts";

/** A second is judged once a second: of a lead of which nothing is told for longer than this, there are no samples. */
const LOST_SECONDS = 3.5;

/** Lead off, noise and suspect calibration of one lead, and what they mean for the rest: from when on it can be trusted. */
export class SignalWatch implements Stateful {
  private readonly leadOff: OpenCondition;
  private readonly noisy: OpenCondition;
  private readonly suspect: OpenCondition;
  private readonly limits: RhythmLimits;
  private readonly rateHz: number;
  /** Seconds in a row that were off, that were on, that were noisy and not off, that were good. */
  private off = 0;
  private on = 0;
  private noise = 0;
  private good = 0;
  /** When a second was judged last. */
  private judgedAt = 0;
  /** It is off since it has no samples. */
  private isLost = false;

  /** `lead`: its name, which no other one in use has. */
  constructor({ rateHz, limits, conditions }: WatchSettings, lead: string) {
    this.rateHz = rateHz;
    this.limits = limits;
    this.leadOff = conditions.ofLead("lead-off", lead);
    this.noisy = conditions.ofLead("noisy-signal", lead);
    this.suspect = conditions.ofLead("signal-suspect", lead);
  }

  /** The last second judged was good. */
  get trusted(): boolean {
    return this.good > 0;
  }

  get isOff(): boolean {
    return this.leadOff.open;
  }

  get isNoisy(): boolean {
    return this.noisy.open;
  }

  /** `isHeard`: noise of a lead that is not heard keeps nobody from hearing, and is not told; where it was told it goes on. */
  quality({ sample, state, isSuspect, decidedAt: now }: QualityEvent, isHeard: boolean, emit: EmitChange): void {
    if (this.isLost) this.interrupt(now, emit);
    this.judgedAt = now;
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
    if (this.noise >= noisySeconds && isHeard && !this.leadOff.open) {
      this.noisy.begin(now, this.beginOf(this.noise, sample), NO_EVIDENCE, emit);
    } else if (this.good >= cleanSeconds) {
      this.noisy.end(now, null, emit);
    }
    // It is told and no more: what is read of a lead is read against its own usual beat.
    if (isSuspect) this.suspect.begin(now, this.beginOf(1, sample), NO_EVIDENCE, emit);
    else this.suspect.end(now, null, emit);
  }

  /** True where it has no samples by now, while the bed has, and that is told. */
  check(now: number, emit: EmitChange): boolean {
    if (this.isLost || now - this.judgedAt < LOST_SECONDS * this.rateHz) return false;
    this.lost(now, this.judgedAt, emit);
    return true;
  }

  /**
   * No samples since `since`, for too long for a gap between frames: a lead that is off, whatever the device sends for
   * it.
   */
  lost(now: number, since: number, emit: EmitChange): void {
    this.noisy.end(now, null, emit);
    this.suspect.end(now, null, emit);
    this.leadOff.begin(now, since, NO_EVIDENCE, emit);
    this.isLost = true;
    this.off = this.on = this.noise = this.good = 0;
  }

  /** A gap of all leads is over: where nothing was heard, what stood cannot be said to go on. */
  gap(now: number, isHeard: boolean, emit: EmitChange): void {
    this.judgedAt = now;
    if (isHeard || this.isLost) this.interrupt(now, emit);
  }

  /** The epoch ends. */
  end(now: number, emit: EmitChange): void {
    this.interrupt(now, emit);
    this.suspect.end(now, null, emit);
  }

  private interrupt(now: number, emit: EmitChange): void {
    this.leadOff.end(now, null, emit);
    this.noisy.end(now, null, emit);
    this.isLost = false;
    this.off = this.on = this.noise = this.good = 0;
  }

  save(to: StateWriter): void {
    for (const count of [this.off, this.on, this.noise, this.good, this.judgedAt]) to.number(count);
    to.flag(this.isLost);
  }

  load(from: StateReader): void {
    this.off = from.number();
    this.on = from.number();
    this.noise = from.number();
    this.good = from.number();
    this.judgedAt = from.number();
    this.isLost = from.flag();
  }

  private beginOf(seconds: number, end: number): number {
    return Math.max(0, Math.round(end - seconds * this.rateHz));
  }
}
