import type { StateReader, StateWriter } from "../../../state.ts";
import type { Evidence, OpenCondition } from "../open-condition.ts";
import { VentricularBeats } from "./ventricular-beats.ts";
import type { HeardBeat, Moment, Watch, WatchSettings } from "../watch.ts";

/** The other lead's rhythm is over when it has told no beat for so long: its noise does not keep a condition open. */
const UNHEARD_SECONDS = 4;

/**
 * Runs of ventricular beats: 3 or 4 in a row are a run, 5 or more ventricular tachycardia, both at 100/min or more, in either
 * lead in use: a beat that is wide in one may be narrow in the other. A run that goes on becomes a tachycardia: that begins,
 * then the run ends.
 */
export class VentricularWatch implements Watch {
  private readonly run: OpenCondition;
  private readonly tachycardia: OpenCondition;
  private readonly unheard: number;
  private readonly leastBpm: number;
  /** Of the lead that is heard, and of the other one. */
  private heard: VentricularBeats;
  private beside: VentricularBeats;
  private besideAt = 0;

  constructor({ limits, conditions, rateHz }: WatchSettings) {
    this.run = conditions.of("ventricular-run", () => this.evidence());
    this.tachycardia = conditions.of("ventricular-tachycardia", () => this.evidence());
    this.unheard = UNHEARD_SECONDS * rateHz;
    this.leastBpm = limits.ventricularBpm;
    this.heard = new VentricularBeats(rateHz, limits);
    this.beside = new VentricularBeats(rateHz, limits);
  }

  beat(beat: HeardBeat, at: Moment): void {
    this.heard.beat(beat);
    this.judge(at, this.heard);
  }

  otherBeat(beat: HeardBeat, at: Moment): void {
    this.besideAt = at.now;
    this.beside.beat(beat);
    this.judge(at, this.beside);
  }

  switched(): void {
    [this.heard, this.beside] = [this.beside, this.heard];
  }

  check(at: Moment): void {
    if (this.beside.rhythm === "none" || at.now - this.besideAt < this.unheard) return;
    this.beside.reset();
    this.judge(at, this.beside);
  }

  interrupt(): void {
    this.heard.reset();
    this.beside.reset();
  }

  save(to: StateWriter): void {
    to.part(this.heard);
    to.part(this.beside);
    to.number(this.besideAt);
  }

  load(from: StateReader): void {
    from.part(this.heard);
    from.part(this.beside);
    this.besideAt = from.number();
  }

  /** `of`: the lead that has told something. */
  private judge({ now, emit }: Moment, of: VentricularBeats): void {
    const { rhythm, onset } = of;
    // A rhythm that goes on after what had taken its place, such as fibrillation, begins by fast beats of its own.
    const condition = rhythm === "tachycardia" ? this.tachycardia : rhythm === "run" ? this.run : null;
    const isRunAsWell = condition === this.run && this.tachycardia.open;
    if (condition && !isRunAsWell && of.onsetBpm >= this.leastBpm) {
      condition.begin(now, onset, { ...this.evidence(), heartRateBpm: of.onsetBpm }, emit);
    }
    if (this.heard.rhythm !== "none" || this.beside.rhythm !== "none") return;
    this.tachycardia.end(now, of.heartRateBpm, emit);
    this.run.end(now, of.heartRateBpm, emit);
  }

  /** Beats of the lead that is heard have names; those of the other one tell the rate alone. */
  private evidence(): Evidence {
    const { heard, beside } = this;
    if (heard.rhythm !== "none") return { beatSamples: heard.beatSamples, heartRateBpm: heard.heartRateBpm };
    return { beatSamples: [], heartRateBpm: beside.heartRateBpm };
  }
}
