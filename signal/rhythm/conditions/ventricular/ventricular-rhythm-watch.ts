import type { RhythmLimits } from "../../../../contracts/rhythm-policy.ts";
import type { StateReader, StateWriter } from "../../../state.ts";
import type { OpenCondition } from "../open-condition.ts";
import { type HeardBeat, isVentricular, type Moment, type Watch, type WatchSettings } from "../watch.ts";

/** Other beats in a row that end it. */
const OTHERS = 2;

/** Many ventricular beats in a row, slower than a tachycardia's: an idioventricular rhythm, accelerated or not. */
export class VentricularRhythmWatch implements Watch {
  private readonly condition: OpenCondition;
  private readonly limits: RhythmLimits;
  private readonly rateHz: number;
  /** R peaks of the ventricular beats in a row, as many as are needed. */
  private row: number[] = [];
  private others = 0;

  constructor({ rateHz, limits, conditions }: WatchSettings) {
    this.limits = limits;
    this.rateHz = rateHz;
    this.condition = conditions.of("ventricular-rhythm", () => ({ beatSamples: this.row, heartRateBpm: this.bpm() }));
  }

  beat(beat: HeardBeat, { now, emit }: Moment): void {
    const { ventricularRhythmBeats, ventricularBpm } = this.limits;
    if (!isVentricular(beat, this.limits)) {
      if (!this.condition.open) this.row = [];
      if (beat.beatClass !== "N" && beat.beatClass !== "S") return;
      if (++this.others >= OTHERS) {
        this.condition.end(now, this.bpm(), emit);
        this.row = [];
      }
      return;
    }
    this.others = 0;
    this.row = [...this.row, beat.sample].slice(-ventricularRhythmBeats);
    const bpm = this.bpm();
    if (this.row.length < ventricularRhythmBeats || bpm === null || bpm >= ventricularBpm) return;
    this.condition.begin(now, this.row[0], { beatSamples: this.row, heartRateBpm: bpm }, emit);
  }

  interrupt(): void {
    this.row = [];
    this.others = 0;
  }

  save(to: StateWriter): void {
    to.array(this.row);
    to.number(this.others);
  }

  load(from: StateReader): void {
    this.row = from.array();
    this.others = from.number();
  }

  private bpm(): number | null {
    const intervals = this.row.length - 1;
    return intervals > 0 ? (60 * this.rateHz * intervals) / (this.row[intervals] - this.row[0]) : null;
  }
}
