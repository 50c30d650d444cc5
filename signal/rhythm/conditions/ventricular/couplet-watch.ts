import type { RhythmLimits } from "../../../../contracts/rhythm-policy.ts";
import type { StateReader, StateWriter } from "../../../state.ts";
import { EventCondition } from "../event-condition.ts";
import { type HeardBeat, isVentricular, type Moment, type Watch, type WatchSettings } from "../watch.ts";

/** Two ventricular beats in a row between others: known with the beat behind them, since three are a run. */
export class CoupletWatch implements Watch {
  private readonly couplet: EventCondition;
  private readonly limits: RhythmLimits;
  /** R peaks of the ventricular beats in a row, three at most. */
  private row: number[] = [];

  constructor({ rateHz, limits, conditions }: WatchSettings) {
    this.limits = limits;
    this.couplet = new EventCondition(conditions.of("couplet"), rateHz);
  }

  beat(beat: HeardBeat, at: Moment): void {
    if (isVentricular(beat, this.limits)) {
      this.row = [...this.row, beat.sample].slice(-3);
      return;
    }
    const isKnown = beat.beatClass === "N" || beat.beatClass === "S";
    if (this.row.length === 2 && isKnown) {
      this.couplet.happened(this.row[0], { beatSamples: this.row, heartRateBpm: null }, at);
    }
    this.row = [];
  }

  check(at: Moment): void {
    this.couplet.check(at);
  }

  interrupt(): void {
    this.row = [];
  }

  save(to: StateWriter): void {
    to.part(this.couplet);
    to.array(this.row);
  }

  load(from: StateReader): void {
    from.part(this.couplet);
    this.row = from.array();
  }
}
