import type { RhythmLimits } from "../../../contracts/rhythm-policy.ts";
import type { WaveformEvent } from "../../events.ts";
import type { StateReader, StateWriter } from "../../state.ts";
import { NO_EVIDENCE, type OpenCondition } from "./open-condition.ts";
import type { Moment, Watch, WatchSettings } from "./watch.ts";

/**
 * Ventricular fibrillation and flutter, from how the waveform looks: so many seconds in a row that look like it, however
 * noisy the signal is said to be, since fibrillation passes for noise.
 */
export class FibrillationWatch implements Watch {
  private readonly condition: OpenCondition;
  private readonly rateHz: number;
  private readonly limits: RhythmLimits;
  /** Seconds in a row that speak for it, and against it. */
  private like = 0;
  private unlike = 0;

  constructor({ rateHz, limits, conditions }: WatchSettings) {
    this.condition = conditions.of("ventricular-fibrillation");
    this.rateHz = rateHz;
    this.limits = limits;
  }

  waveform({ sample, fibrillation }: WaveformEvent, { now, emit }: Moment): void {
    const { fibrillationBegins, fibrillationEnds, fibrillationSeconds, fibrillationEndSeconds } = this.limits;
    this.like = fibrillation >= fibrillationBegins ? this.like + 1 : 0;
    this.unlike = fibrillation < fibrillationEnds ? this.unlike + 1 : 0;
    if (this.like >= fibrillationSeconds) {
      const beginSample = Math.max(0, Math.round(sample - this.like * this.rateHz));
      this.condition.begin(now, beginSample, NO_EVIDENCE, emit);
    } else if (this.unlike >= fibrillationEndSeconds) {
      this.condition.end(now, null, emit);
    }
  }

  interrupt(_now: number, by: "no signal" | "asystole"): void {
    if (by === "no signal") this.like = this.unlike = 0;
  }

  save(to: StateWriter): void {
    to.number(this.like);
    to.number(this.unlike);
  }

  load(from: StateReader): void {
    this.like = from.number();
    this.unlike = from.number();
  }
}
