import type { StateReader, StateWriter } from "../../state.ts";
import { ATRIAL_FIBRILLATION_WEIGHTS, type AtrialFibrillationWeights } from "./atrial-fibrillation-weights.ts";
import { type AtrialFeatures, AtrialIntervals } from "./atrial-intervals.ts";
import type { OpenCondition } from "./open-condition.ts";
import type { HeardBeat, Moment, Watch, WatchSettings } from "./watch.ts";

/** Log odds above which fibrillation begins, below which it ends. README.md says how they were chosen. */
const LOG_ODDS = { begins: 0.75, ends: -0.5 } as const;
/** It begins where so large a share of the intervals is irregular alone, and ends where so small a one is: entropy is high in a fast even rhythm, too. */
const IRREGULAR_SHARES = { begins: 0.5, ends: 0.35 } as const;

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
    const odds = logOdds(features, ATRIAL_FIBRILLATION_WEIGHTS);
    const { irregularShare } = features;
    if (odds > LOG_ODDS.begins && irregularShare >= IRREGULAR_SHARES.begins) {
      this.condition.begin(now, intervals.onset(), intervals, emit);
    } else if (odds < LOG_ODDS.ends || irregularShare < IRREGULAR_SHARES.ends) {
      this.condition.end(now, intervals.heartRateBpm, emit);
    }
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

/** Of fibrillation, by a logistic regression. */
function logOdds(
  { entropy, irregularShare, lnMeanRr, pWave }: AtrialFeatures,
  weights: AtrialFibrillationWeights,
): number {
  const ofIntervals =
    weights.entropy * entropy + weights.irregularShare * irregularShare + weights.lnMeanRr * lnMeanRr + weights.offset;
  return pWave === null ? ofIntervals : ofIntervals + weights.pWave * pWave + weights.withPWave;
}
