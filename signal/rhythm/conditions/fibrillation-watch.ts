import type { WaveformEvent } from "../../events.ts";
import type { StateReader, Stateful, StateWriter } from "../../state.ts";
import type { RhythmPolicy } from "../policy.ts";
import { type EmitChange, NO_EVIDENCE, OpenCondition } from "./open-condition.ts";

/**
 * Ventricular fibrillation and flutter, from how the waveform looks: so many seconds in a row that look like it, however
 * noisy the signal is said to be, since fibrillation passes for noise.
 */
export class FibrillationWatch implements Stateful {
  private readonly condition = new OpenCondition("ventricular-fibrillation");
  /** Seconds in a row that speak for it, and against it. */
  private like = 0;
  private unlike = 0;

  constructor(
    private readonly samplingRateHz: number,
    private readonly policy: RhythmPolicy,
  ) {}

  get open(): boolean {
    return this.condition.open;
  }

  waveform({ sample, decidedAt, fibrillation }: WaveformEvent, emit: EmitChange): void {
    const { fibrillationBegins, fibrillationEnds, fibrillationSeconds, fibrillationEndSeconds } = this.policy;
    this.like = fibrillation >= fibrillationBegins ? this.like + 1 : 0;
    this.unlike = fibrillation < fibrillationEnds ? this.unlike + 1 : 0;
    if (this.like >= fibrillationSeconds) {
      const beginSample = Math.max(0, Math.round(sample - this.like * this.samplingRateHz));
      this.condition.begin(decidedAt, beginSample, NO_EVIDENCE, emit);
    } else if (this.unlike >= fibrillationEndSeconds) {
      this.condition.end(decidedAt, null, emit);
    }
  }

  update(now: number, everySamples: number, emit: EmitChange): void {
    this.condition.update(now, everySamples, () => NO_EVIDENCE, emit);
  }

  /** The signal is gone. */
  interrupt(now: number, emit: EmitChange): void {
    this.condition.end(now, null, emit);
    this.like = this.unlike = 0;
  }

  save(to: StateWriter): void {
    to.part(this.condition);
    to.number(this.like);
    to.number(this.unlike);
  }

  load(from: StateReader): void {
    from.part(this.condition);
    this.like = from.number();
    this.unlike = from.number();
  }
}
