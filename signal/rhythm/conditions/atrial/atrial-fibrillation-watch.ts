import type { StateReader, StateWriter } from "../../../state.ts";
import { verdictOn } from "./atrial-fibrillation-odds.ts";
import { ATRIAL_FIBRILLATION_WEIGHTS } from "./atrial-fibrillation-weights.ts";
import { AtrialIntervals } from "./atrial-intervals.ts";
import type { OpenCondition } from "../open-condition.ts";
import type { HeardBeat, Moment, Watch, WatchSettings } from "../watch.ts";

/** Atrial fibrillation: intervals that are irregular in no pattern, and no P wave that comes back before each QRS. */
export class AtrialFibrillationWatch implements Watch {
  private readonly condition: OpenCondition;
  private readonly intervals = new AtrialIntervals();

  constructor({ conditions }: WatchSettings) {
    this.condition = conditions.of("atrial-fibrillation", () => this.intervals);
  }

  beat(beat: HeardBeat, { now, trusted, emit }: Moment): void {
    const { intervals } = this;
    const features = intervals.add(beat, trusted) ? intervals.features() : null;
    if (!features) return;
    const verdict = verdictOn(features, ATRIAL_FIBRILLATION_WEIGHTS);
    if (verdict === "begins") this.condition.begin(now, intervals.onset(), intervals, emit);
    else if (verdict === "ends") this.condition.end(now, intervals.heartRateBpm, emit);
  }

  interrupt(): void {
    this.intervals.forget();
  }

  save(to: StateWriter): void {
    to.part(this.intervals);
  }

  load(from: StateReader): void {
    from.part(this.intervals);
  }
}
