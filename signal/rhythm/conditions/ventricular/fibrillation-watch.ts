import type { RhythmLimits } from "../../../../contracts/rhythm-policy.ts";
import type { WaveformEvent } from "../../../events.ts";
import type { StateReader, StateWriter } from "../../../state.ts";
import { NO_EVIDENCE, type OpenCondition } from "../open-condition.ts";
import type { HeardBeat, Moment, Watch, WatchSettings } from "../watch.ts";

/** So many beats in a row that can be read, each as far from the one before as that from its own, are a rhythm … */
const EVEN_BEATS = 5;
const EVEN_SHARE = 0.1;
/** … until none has come for so long. */
const LATEST_SECONDS = 2.5;

/**
 * Ventricular fibrillation and flutter, from how the waveform looks: so many seconds in a row that look like it, however
 * noisy the signal is said to be, since fibrillation passes for noise. A ventricular tachycardia whose beats can be told apart
 * and come evenly is none yet.
 */
export class FibrillationWatch implements Watch {
  private readonly condition: OpenCondition;
  private readonly rateHz: number;
  private readonly limits: RhythmLimits;
  /** Seconds in a row that speak for it, and against it. */
  private like = 0;
  private unlike = 0;
  /** Even beats in a row, and the last one. */
  private even = 0;
  private lastBeat = -1;
  private lastRrMs = 0;

  constructor({ rateHz, limits, conditions }: WatchSettings) {
    this.condition = conditions.of("ventricular-fibrillation");
    this.rateHz = rateHz;
    this.limits = limits;
  }

  beat({ sample, rrMs, quality }: HeardBeat): void {
    const isEven = rrMs !== null && Math.abs(rrMs - this.lastRrMs) <= EVEN_SHARE * this.lastRrMs;
    this.even = isEven && quality >= this.limits.minBeatQuality ? this.even + 1 : 0;
    this.lastRrMs = rrMs ?? 0;
    this.lastBeat = sample;
  }

  waveform({ sample, fibrillation }: WaveformEvent, { now, emit, isOpen }: Moment): void {
    const { fibrillationBegins, fibrillationEnds, fibrillationSeconds, fibrillationEndSeconds } = this.limits;
    this.like = fibrillation >= fibrillationBegins ? this.like + 1 : 0;
    this.unlike = fibrillation < fibrillationEnds ? this.unlike + 1 : 0;
    const isEven = this.even >= EVEN_BEATS && now - this.lastBeat <= LATEST_SECONDS * this.rateHz;
    if (this.like >= fibrillationSeconds && !(isEven && isOpen("ventricular-tachycardia"))) {
      const beginSample = Math.max(0, Math.round(sample - this.like * this.rateHz));
      this.condition.begin(now, beginSample, NO_EVIDENCE, emit);
    } else if (this.unlike >= fibrillationEndSeconds) {
      this.condition.end(now, null, emit);
    }
  }

  interrupt(_now: number, by: "no signal" | "asystole"): void {
    if (by === "no signal") this.like = this.unlike = this.even = 0;
  }

  save(to: StateWriter): void {
    to.number(this.like);
    to.number(this.unlike);
    to.number(this.even);
    to.number(this.lastBeat);
    to.number(this.lastRrMs);
  }

  load(from: StateReader): void {
    this.like = from.number();
    this.unlike = from.number();
    this.even = from.number();
    this.lastBeat = from.number();
    this.lastRrMs = from.number();
  }
}
