import type { OtherEvent, QrsEvent } from "../../../events.ts";
import type { StateReader, StateWriter } from "../../../state.ts";
import type { OpenCondition } from "../open-condition.ts";
import type { Moment, Watch, WatchSettings } from "../watch.ts";

/** No QRS in either lead for a while, from one that was heard, while the signal is good; ends with the next. What lasts is asystole. */
export class PauseWatch implements Watch {
  private readonly condition: OpenCondition;
  private readonly limit: number;
  private readonly delay: number;
  /** Last QRS since the signal is good, −1 where there is none. */
  private lastQrs = -1;

  constructor({ rateHz, limits, conditions }: WatchSettings) {
    this.condition = conditions.of("pause", () => ({ beatSamples: [this.lastQrs], heartRateBpm: null }));
    this.limit = limits.pauseSeconds * rateHz;
    this.delay = limits.qrsDelaySeconds * rateHz;
  }

  qrs({ sample }: QrsEvent, { now, trusted, learned, emit }: Moment): void {
    this.condition.end(now, null, emit);
    this.lastQrs = trusted && learned ? Math.max(sample, this.lastQrs) : -1;
  }

  other(_: OtherEvent, { now, beside, emit }: Moment): void {
    if (beside.lastOfRhythm >= 0 && now - beside.lastOfRhythm < this.limit) this.condition.end(now, null, emit);
  }

  check({ now, trusted, present, beside, isOpen, emit }: Moment): void {
    if (!trusted || !present || this.lastQrs < 0 || isOpen("asystole")) return;
    if (now - Math.max(this.lastQrs, beside.lastOfRhythm) < this.limit + this.delay) return;
    this.condition.begin(now, this.lastQrs, { beatSamples: [this.lastQrs], heartRateBpm: null }, emit);
  }

  deaf(): void {
    this.lastQrs = -1;
  }

  interrupt(): void {
    this.lastQrs = -1;
  }

  save(to: StateWriter): void {
    to.number(this.lastQrs);
  }

  load(from: StateReader): void {
    this.lastQrs = from.number();
  }
}
