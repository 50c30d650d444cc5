import type { RhythmLimits } from "../../../../contracts/rhythm-policy.ts";
import type { StateReader, StateWriter } from "../../../state.ts";
import { EventCondition } from "../event-condition.ts";
import { type HeardBeat, isVentricular, type Moment, type Watch, type WatchSettings } from "../watch.ts";

/**
 * A ventricular beat that falls on the T wave of the beat before: its R peak follows that beat's within the QT interval
 * as Fridericia's formula estimates it from the interval before, QT = QTc · ∛RR (RR in s). No T wave is measured.
 */
export class ROnTWatch implements Watch {
  private readonly event: EventCondition;
  private readonly limits: RhythmLimits;
  /** The interval before the last beat, ms, and where its R peak lies; NaN where that is not N or S, or not known. */
  private rrMs = Number.NaN;
  private peak = Number.NaN;

  constructor({ rateHz, limits, conditions }: WatchSettings) {
    this.limits = limits;
    this.event = new EventCondition(conditions.of("r-on-t"), rateHz);
  }

  beat(beat: HeardBeat, at: Moment): void {
    const { sample, beatClass, rrMs } = beat;
    if (isVentricular(beat, this.limits) && rrMs !== null && rrMs < this.limits.qtcMs * Math.cbrt(this.rrMs / 1000)) {
      this.event.happened(sample, { beatSamples: [this.peak, sample], heartRateBpm: null }, at);
    }
    const isUsual = at.trusted && (beatClass === "N" || beatClass === "S");
    this.rrMs = isUsual ? (rrMs ?? Number.NaN) : Number.NaN;
    this.peak = sample;
  }

  check(at: Moment): void {
    this.event.check(at);
  }

  interrupt(): void {
    this.rrMs = this.peak = Number.NaN;
  }

  save(to: StateWriter): void {
    to.part(this.event);
    to.number(this.rrMs);
    to.number(this.peak);
  }

  load(from: StateReader): void {
    from.part(this.event);
    this.rrMs = from.number();
    this.peak = from.number();
  }
}
