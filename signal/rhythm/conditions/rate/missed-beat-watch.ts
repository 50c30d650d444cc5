import type { RhythmLimits } from "../../../../contracts/rhythm-policy.ts";
import type { StateReader, StateWriter } from "../../../state.ts";
import { EventCondition } from "../event-condition.ts";
import type { HeardBeat, Moment, Watch, WatchSettings } from "../watch.ts";

/** Intervals whose mean is the usual one, and how far each may lie from it: in an irregular rhythm none is missed. */
const INTERVALS = 8;
const REGULAR = 0.15;

/** One interval much longer than the regular ones before, behind a beat that was not early, and shorter than a pause. */
export class MissedBeatWatch implements Watch {
  private readonly event: EventCondition;
  private readonly limits: RhythmLimits;
  /** Intervals between usual beats in a row, ms. */
  private intervalsMs: number[] = [];
  private peak = 0;
  /** R peak before a long interval, which is one alone if the next is as usual; −1 where the last was not long. */
  private longFrom = -1;

  constructor({ rateHz, limits, conditions }: WatchSettings) {
    this.limits = limits;
    this.event = new EventCondition(conditions.of("missed-beat"), rateHz);
  }

  beat({ sample, beatClass, rrMs }: HeardBeat, at: Moment): void {
    const { missedBeatRatio, pauseSeconds } = this.limits;
    const before = this.peak;
    const { longFrom } = this;
    this.peak = sample;
    this.longFrom = -1;
    if (!at.trusted || beatClass !== "N" || rrMs === null) {
      this.intervalsMs = [];
      return;
    }
    const mean = this.intervalsMs.reduce((sum, value) => sum + value, 0) / this.intervalsMs.length;
    const isUsual = (value: number): boolean => Math.abs(value - mean) <= REGULAR * mean;
    if (longFrom >= 0 && isUsual(rrMs)) {
      this.event.happened(longFrom, { beatSamples: [longFrom, before], heartRateBpm: 60_000 / mean }, at);
    }
    const isLong = rrMs >= missedBeatRatio * mean && rrMs < pauseSeconds * 1000;
    if (this.intervalsMs.length === INTERVALS && this.intervalsMs.every(isUsual) && isLong) this.longFrom = before;
    else this.intervalsMs = [...this.intervalsMs, rrMs].slice(-INTERVALS);
  }

  check(at: Moment): void {
    this.event.check(at);
  }

  interrupt(): void {
    this.intervalsMs = [];
    this.longFrom = -1;
  }

  save(to: StateWriter): void {
    to.part(this.event);
    to.array(this.intervalsMs);
    to.number(this.peak);
    to.number(this.longFrom);
  }

  load(from: StateReader): void {
    from.part(this.event);
    this.intervalsMs = from.array();
    this.peak = from.number();
    this.longFrom = from.number();
  }
}
