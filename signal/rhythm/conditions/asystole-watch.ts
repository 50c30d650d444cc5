import type { QrsEvent } from "../../events.ts";
import type { StateReader, StateWriter } from "../../state.ts";
import type { OpenCondition } from "./open-condition.ts";
import type { Moment, Watch, WatchSettings } from "./watch.ts";

/** No QRS while the signal is good. Begins at the last QRS; ends with the second QRS of a rhythm that has come back. */
export class AsystoleWatch implements Watch {
  private readonly condition: OpenCondition;
  private readonly limit: number;
  private readonly delay: number;
  private readonly learning: number;
  /** Last QRS, −1 before the first. */
  private lastQrs = -1;
  /** Since when a QRS would have been heard. */
  private listeningSince = 0;

  constructor({ rateHz, limits, conditions }: WatchSettings) {
    this.condition = conditions.of("asystole", () => ({ beatSamples: [], heartRateBpm: 0 }));
    this.limit = limits.asystoleSeconds * rateHz;
    this.delay = limits.qrsDelaySeconds * rateHz;
    this.learning = limits.learningSeconds * rateHz;
  }

  /** A QRS in noise is none that ends an asystole. */
  qrs({ sample }: QrsEvent, { now, trusted, emit }: Moment): void {
    const back = trusted && this.lastQrs >= 0 && sample - this.lastQrs < this.limit;
    this.lastQrs = sample;
    if (back) this.condition.end(now, null, emit);
  }

  check({ now, trusted, emit }: Moment): void {
    const heard = this.lastQrs >= 0;
    const onset = heard ? Math.max(this.lastQrs, this.listeningSince) : this.listeningSince;
    if (!trusted || now - onset < this.limit + this.delay + (heard ? 0 : this.learning)) return;
    this.condition.begin(now, onset, { beatSamples: heard ? [this.lastQrs] : [], heartRateBpm: 0 }, emit);
  }

  /** Silence before noise means nothing. */
  deaf(now: number): void {
    this.listeningSince = now;
  }

  interrupt(now: number, by: "no signal" | "asystole"): void {
    if (by === "asystole") return;
    this.lastQrs = -1;
    this.listeningSince = now;
  }

  save(to: StateWriter): void {
    to.number(this.lastQrs);
    to.number(this.listeningSince);
  }

  load(from: StateReader): void {
    this.lastQrs = from.number();
    this.listeningSince = from.number();
  }
}
