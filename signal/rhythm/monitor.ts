import { BedsideError } from "../../contracts/errors.ts";
import type { GapEvent, OtherEvent, QrsEvent, QualityEvent, WaveformEvent } from "../events.ts";
import type { StateReader, Stateful, StateWriter } from "../state.ts";
import { AsystoleWatch } from "./conditions/asystole-watch.ts";
import { AtrialFibrillationWatch, type AtrialBeat } from "./conditions/atrial-fibrillation-watch.ts";
import { FibrillationWatch } from "./conditions/fibrillation-watch.ts";
import type { EmitChange } from "./conditions/open-condition.ts";
import { rhythmPolicy, type RhythmPolicy } from "./policy.ts";
import { RateWatch } from "./conditions/rate-watch.ts";
import { SignalWatch } from "./conditions/signal-watch.ts";
import { type ClassifiedBeat, VentricularWatch } from "./conditions/ventricular-watch.ts";

export { type ConditionChange, type EmitChange } from "./conditions/open-condition.ts";
export { POLICY_VERSION, type RhythmPolicy } from "./policy.ts";

/** A classified beat and when the chain gave it out (BeatEvent.decidedAt). */
export interface HeardBeat extends ClassifiedBeat, AtrialBeat {
  readonly decidedAt: number;
}

/**
 * Turns what one bed's chain hears into conditions that begin and end, in event time. Inputs come in order of decision;
 * what is emitted depends on them alone, not on how often or where `advance` is called.
 */
export interface RhythmMonitor extends Stateful {
  qrs(event: QrsEvent, emit: EmitChange): void;
  beat(beat: HeardBeat, emit: EmitChange): void;
  quality(event: QualityEvent, emit: EmitChange): void;
  waveform(event: WaveformEvent, emit: EmitChange): void;
  /** Ends what is open but cannot be observed. */
  gap(event: GapEvent, emit: EmitChange): void;
  /** Evidence from the lead in use that is not heard. */
  other(event: OtherEvent, emit: EmitChange): void;
  /** From here on the lead of that index, among those in use, is heard, and the one that was is the other. */
  lead(event: { readonly lead: number; readonly decidedAt: number }, emit: EmitChange): void;
  /** All that was decided before `toSample` has been given. */
  advance(toSample: number, emit: EmitChange): void;
  /** The epoch ends: every open condition does. Nothing may follow. */
  end(atSample: number, emit: EmitChange): void;
}

/** Conditions that come with time are looked at so often, in event time. */
const CHECKS_PER_SECOND = 10;
/** Quality comes once a second while there is a signal: when nothing has been heard for so long, there is none. */
const SILENCE_SECONDS = 2.5;

/** `samplingRateHz`: of the sample indices, > 0. Throws BAD_ARGUMENT for a wrong rate or policy. */
export function createRhythmMonitor(options: {
  readonly samplingRateHz: number;
  readonly policy?: Partial<RhythmPolicy>;
  /** Names of the leads in use, the one that is heard first in front; default: one without a name. */
  readonly leads?: readonly string[];
}): RhythmMonitor {
  if (!(options.samplingRateHz > 0)) {
    throw new BedsideError("BAD_ARGUMENT", `samplingRateHz is ${options.samplingRateHz}, must be above 0`);
  }
  return new Monitor(options.samplingRateHz, rhythmPolicy(options.policy));
}

class Monitor implements RhythmMonitor {
  private readonly rateHz: number;
  private readonly updateSamples: number;
  private readonly learningSamples: number;
  private readonly signal: SignalWatch;
  private readonly asystole: AsystoleWatch;
  private readonly rate: RateWatch;
  private readonly ventricular: VentricularWatch;
  private readonly atrialFibrillation = new AtrialFibrillationWatch();
  private readonly ventricularFibrillation: FibrillationWatch;
  /** Number of the next check; check n stands at sample n · rate / 10. */
  private nextCheck = 0;
  /** When something was heard last. */
  private heardAt = 0;
  /** From when on the detector's QRS are good enough for a rate. */
  private learnedAt: number;

  constructor(samplingRateHz: number, policy: RhythmPolicy) {
    this.rateHz = samplingRateHz;
    this.learningSamples = policy.learningSeconds * samplingRateHz;
    this.learnedAt = this.learningSamples;
    this.updateSamples = policy.updateSeconds * samplingRateHz;
    this.signal = new SignalWatch(samplingRateHz, policy);
    this.asystole = new AsystoleWatch(samplingRateHz, policy);
    this.rate = new RateWatch(samplingRateHz, policy);
    this.ventricular = new VentricularWatch(policy);
    this.ventricularFibrillation = new FibrillationWatch(samplingRateHz, policy);
  }

  qrs({ sample, decidedAt }: QrsEvent, emit: EmitChange): void {
    this.hear(decidedAt, emit);
    if (this.signal.trusted && decidedAt >= this.learnedAt) this.rate.qrs(sample, decidedAt, emit);
    this.asystole.qrs(sample, decidedAt, this.signal.trusted, emit);
  }

  beat(beat: HeardBeat, emit: EmitChange): void {
    this.hear(beat.decidedAt, emit);
    this.ventricular.beat(beat, beat.decidedAt, emit);
    if (this.signal.trusted) this.atrialFibrillation.beat(beat, beat.decidedAt, emit);
    else this.atrialFibrillation.miss();
  }

  quality(event: QualityEvent, emit: EmitChange): void {
    const { decidedAt } = event;
    this.hear(decidedAt, emit);
    this.signal.quality(event, decidedAt, emit);
    if (this.signal.isOff) this.interrupt(decidedAt, emit);
    if (!this.signal.trusted) {
      this.asystole.deaf(decidedAt);
      this.rate.forget();
    }
  }

  waveform(event: WaveformEvent, emit: EmitChange): void {
    this.hear(event.decidedAt, emit);
    if (!this.signal.isOff) this.ventricularFibrillation.waveform(event, emit);
  }

  gap({ decidedAt }: GapEvent, emit: EmitChange): void {
    this.hear(decidedAt, emit);
    this.interrupt(decidedAt, emit);
    this.signal.interrupt(decidedAt, emit);
    this.learnedAt = decidedAt + this.learningSamples;
  }

  other({ decidedAt }: OtherEvent, emit: EmitChange): void {
    this.hear(decidedAt, emit);
  }

  lead({ decidedAt }: { readonly decidedAt: number }, emit: EmitChange): void {
    this.hear(decidedAt, emit);
  }

  advance(toSample: number, emit: EmitChange): void {
    for (;;) {
      const at = Math.ceil((this.nextCheck * this.rateHz) / CHECKS_PER_SECOND);
      if (at >= toSample) return;
      if (at - this.heardAt > SILENCE_SECONDS * this.rateHz) {
        this.signal.lost(at, this.heardAt, emit);
        this.interrupt(at, emit);
        this.nextCheck = Math.floor(((toSample - 1) * CHECKS_PER_SECOND) / this.rateHz) + 1;
        return;
      }
      this.check(at, emit);
      this.nextCheck++;
    }
  }

  end(atSample: number, emit: EmitChange): void {
    this.advance(atSample, emit);
    this.interrupt(atSample, emit);
    this.signal.interrupt(atSample, emit);
  }

  save(to: StateWriter): void {
    to.number(this.rateHz);
    to.number(this.nextCheck);
    to.number(this.heardAt);
    to.number(this.learnedAt);
    for (const part of this.parts) to.part(part);
  }

  load(from: StateReader): void {
    const rateHz = from.number();
    if (rateHz !== this.rateHz) {
      throw new BedsideError(
        "BAD_SNAPSHOT",
        `the rhythm was saved at ${rateHz} Hz, this monitor runs at ${this.rateHz}`,
      );
    }
    this.nextCheck = from.number();
    this.heardAt = from.number();
    this.learnedAt = from.number();
    for (const part of this.parts) from.part(part);
  }

  private get parts(): Stateful[] {
    const { signal, asystole, rate, ventricular, atrialFibrillation, ventricularFibrillation } = this;
    return [signal, asystole, rate, ventricular, atrialFibrillation, ventricularFibrillation];
  }

  /** Time goes on to `now`, where something is heard. */
  private hear(now: number, emit: EmitChange): void {
    this.advance(now, emit);
    this.heardAt = Math.max(this.heardAt, now);
  }

  private check(now: number, emit: EmitChange): void {
    if (this.signal.trusted) {
      if (this.asystole.check(now, emit)) {
        this.ventricular.interrupt(now, emit);
        this.rate.interrupt(now, emit);
        this.atrialFibrillation.interrupt(now, emit);
      } else if (!this.asystole.open) {
        this.rate.check(now, !this.ventricular.open, emit);
      }
    }
    const { asystole, rate, ventricular, atrialFibrillation, ventricularFibrillation } = this;
    const watches = [asystole, rate, ventricular, atrialFibrillation, ventricularFibrillation];
    for (const watch of watches) watch.update(now, this.updateSamples, emit);
  }

  /** The heart cannot be observed: physiological conditions end. */
  private interrupt(now: number, emit: EmitChange): void {
    this.asystole.interrupt(now, emit);
    this.rate.interrupt(now, emit);
    this.ventricular.interrupt(now, emit);
    this.atrialFibrillation.interrupt(now, emit);
    this.ventricularFibrillation.interrupt(now, emit);
  }
}
