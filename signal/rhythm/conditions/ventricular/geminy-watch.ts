import type { RhythmLimits } from "../../../../contracts/rhythm-policy.ts";
import type { StateReader, Stateful, StateWriter } from "../../../state.ts";
import type { OpenCondition } from "../open-condition.ts";
import { type HeardBeat, isVentricular, type Moment, type Watch, type WatchSettings } from "../watch.ts";

/** Bigeminy and trigeminy: every second, or every third, beat is ventricular. */
export class GeminyWatch implements Watch {
  private readonly limits: RhythmLimits;
  private readonly cycles: readonly Cycles[];
  /** Beats since the last ventricular one, that one included; 0: none, or what lies between is not known. */
  private sinceVentricular = 0;

  constructor({ limits, conditions }: WatchSettings) {
    this.limits = limits;
    this.cycles = [
      new Cycles(2, limits.bigeminyCycles, conditions.of("bigeminy")),
      new Cycles(3, limits.trigeminyCycles, conditions.of("trigeminy")),
    ];
  }

  beat(beat: HeardBeat, at: Moment): void {
    const isOne = isVentricular(beat, this.limits);
    const isKnown = isOne || beat.beatClass === "N" || beat.beatClass === "S";
    for (const cycles of this.cycles) cycles.beat(beat, isOne ? this.sinceVentricular : null, at);
    if (isOne) this.sinceVentricular = 1;
    else if (!isKnown) this.sinceVentricular = 0;
    else if (this.sinceVentricular > 0) this.sinceVentricular++;
  }

  interrupt(): void {
    this.sinceVentricular = 0;
    for (const cycles of this.cycles) cycles.forget();
  }

  save(to: StateWriter): void {
    to.number(this.sinceVentricular);
    for (const cycles of this.cycles) to.part(cycles);
  }

  load(from: StateReader): void {
    this.sinceVentricular = from.number();
    for (const cycles of this.cycles) from.part(cycles);
  }
}

/** Ventricular beats that come so many beats apart. Begins with enough of them in a row, ends when two are left out. */
class Cycles implements Stateful {
  /** R peaks of the ventricular beats so far apart. */
  private row: number[] = [];
  private beatsSince = 0;

  constructor(
    private readonly period: number,
    private readonly least: number,
    private readonly condition: OpenCondition,
  ) {}

  /** `distance`: from the last ventricular beat, in beats; null where this one is none. */
  beat({ sample }: HeardBeat, distance: number | null, { now, emit }: Moment): void {
    this.beatsSince++;
    if (distance === this.period) {
      this.row = [...this.row, sample].slice(-this.least);
      this.beatsSince = 0;
      if (this.row.length >= this.least) {
        this.condition.begin(now, this.row[0], { beatSamples: this.row, heartRateBpm: null }, emit);
      }
    } else if (distance !== null) {
      this.row = [sample];
    }
    if (this.beatsSince >= 2 * this.period) this.condition.end(now, null, emit);
  }

  forget(): void {
    this.row = [];
    this.beatsSince = 0;
  }

  save(to: StateWriter): void {
    to.array(this.row);
    to.number(this.beatsSince);
  }

  load(from: StateReader): void {
    this.row = from.array();
    this.beatsSince = from.number();
  }
}
