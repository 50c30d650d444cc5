import { BedsideError } from "../../contracts/errors.ts";
import type { RhythmPolicy } from "../../contracts/rhythm-policy.ts";
import type { GapEvent, OtherEvent, QrsEvent, QualityEvent, WaveformEvent } from "../events.ts";
import type { StateReader, Stateful, StateWriter } from "../state.ts";
import { BasicRhythm, type RhythmChange } from "./basic-rhythm.ts";
import { AsystoleWatch } from "./conditions/rate/asystole-watch.ts";
import { AtrialFibrillationWatch } from "./conditions/atrial/atrial-fibrillation-watch.ts";
import { CoupletWatch } from "./conditions/ventricular/couplet-watch.ts";
import { ExtremeRateWatch } from "./conditions/rate/extreme-rate-watch.ts";
import { FibrillationWatch } from "./conditions/ventricular/fibrillation-watch.ts";
import { FrequentPvcsWatch } from "./conditions/ventricular/frequent-pvcs-watch.ts";
import { GeminyWatch } from "./conditions/ventricular/geminy-watch.ts";
import { IrregularWatch } from "./conditions/atrial/irregular-watch.ts";
import { LeadSignals } from "./conditions/signal/lead-signals.ts";
import { MissedBeatWatch } from "./conditions/rate/missed-beat-watch.ts";
import type { EmitChange, RhythmKind } from "./conditions/open-condition.ts";
import { OpenConditions } from "./conditions/open-conditions.ts";
import { PauseWatch } from "./conditions/rate/pause-watch.ts";
import { ROnTWatch } from "./conditions/ventricular/r-on-t-watch.ts";
import { OtherLead } from "./conditions/signal/other-lead.ts";
import { RateWatch } from "./conditions/rate/rate-watch.ts";
import { SupraventricularWatch } from "./conditions/atrial/supraventricular-watch.ts";
import { VentricularRhythmWatch } from "./conditions/ventricular/ventricular-rhythm-watch.ts";
import { VentricularWatch } from "./conditions/ventricular/ventricular-watch.ts";
import type { HeardBeat, Moment, Watch, WatchSettings } from "./conditions/watch.ts";
import { namedPolicy } from "./policy/policy.ts";

export { type ConditionChange, type EmitChange } from "./conditions/open-condition.ts";
export { type HeardBeat } from "./conditions/watch.ts";

/** Every watch, in the order in which they hear. */
const WATCHES: readonly (new (settings: WatchSettings) => Watch)[] = [
  AsystoleWatch,
  FibrillationWatch,
  ExtremeRateWatch,
  PauseWatch,
  RateWatch,
  VentricularWatch,
  VentricularRhythmWatch,
  AtrialFibrillationWatch,
  SupraventricularWatch,
  ROnTWatch,
  CoupletWatch,
  GeminyWatch,
  FrequentPvcsWatch,
  MissedBeatWatch,
  IrregularWatch,
];

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
  /** A beat as that lead reads it. */
  otherBeat(beat: HeardBeat, emit: EmitChange): void;
  /** From here on the lead of that index, among those in use, is heard, and the one that was is the other. */
  lead(event: { readonly lead: number; readonly decidedAt: number }, emit: EmitChange): void;
  /**
   * A condition is known to have begun there and to stand, where this monitor begins behind it: before anything is heard. Asystole is gone
   * on with, which cannot be told from silence alone; other kinds are heard anew.
   */
  resume(kind: string, beginSample: number): void;
  /** Whether a condition of that kind goes on, by what was heard last. */
  isOpen(kind: RhythmKind): boolean;
  /** What there is to tell of the basic rhythm since this was called last; to be called behind each event. */
  takeRhythms(): readonly RhythmChange[];
  /** All that was decided before `toSample` has been given. */
  advance(toSample: number, emit: EmitChange): void;
  /** The epoch ends: every open condition does. Nothing may follow. */
  end(atSample: number, emit: EmitChange): void;
}

/** Conditions that come with time are looked at so often, in event time. */
const CHECKS_PER_SECOND = 10;
/** Quality comes once a second while there is a signal: when nothing has been heard for so long, there is none. */
const SILENCE_SECONDS = 2.5;
const PRESENT_SECONDS = 1.5;
const NONE: readonly RhythmChange[] = [];

/** `samplingRateHz`: of the sample indices, > 0. `policy`: default: the adult one. Throws BAD_ARGUMENT for a wrong rate. */
export function createRhythmMonitor(options: {
  readonly samplingRateHz: number;
  readonly policy?: RhythmPolicy;
  /** Names of the leads in use, all different, the one that is heard first in front; default: one without a name. */
  readonly leads?: readonly string[];
}): RhythmMonitor {
  if (!(options.samplingRateHz > 0)) {
    throw new BedsideError("BAD_ARGUMENT", `samplingRateHz is ${options.samplingRateHz}, must be above 0`);
  }
  return new Monitor(options.samplingRateHz, options.policy ?? namedPolicy("adult"), options.leads ?? [""]);
}

class Monitor implements RhythmMonitor {
  private readonly rateHz: number;
  private readonly updateSamples: number;
  private readonly learningSamples: number;
  private readonly conditions: OpenConditions;
  private readonly signal: LeadSignals;
  private readonly beside: OtherLead;
  private readonly watches: readonly Watch[];
  private readonly rhythm: BasicRhythm;
  private rhythms: RhythmChange[] = [];
  /** Number of the next check; check n stands at sample n · rate / 10. */
  private nextCheck = 0;
  /** When something was heard last. */
  private heardAt = 0;
  /** From when on the detector's QRS are good enough for a rate. */
  private learnedAt: number;

  readonly isOpen = (kind: RhythmKind): boolean => this.conditions.isOpen(kind);

  constructor(rateHz: number, { limits, kinds }: RhythmPolicy, leads: readonly string[]) {
    this.rateHz = rateHz;
    this.learningSamples = limits.learningSeconds * rateHz;
    this.learnedAt = this.learningSamples;
    this.updateSamples = limits.updateSeconds * rateHz;
    this.conditions = new OpenConditions(kinds);
    const settings: WatchSettings = { rateHz, limits, conditions: this.conditions };
    this.signal = new LeadSignals(settings, leads);
    this.beside = new OtherLead(rateHz, limits.asystoleSeconds);
    this.watches = WATCHES.map((Made) => new Made(settings));
    this.rhythm = new BasicRhythm(rateHz);
  }

  qrs(event: QrsEvent, emit: EmitChange): void {
    const at = this.hear(event.decidedAt, emit);
    for (const watch of this.watches) watch.qrs?.(event, at);
  }

  beat(beat: HeardBeat, emit: EmitChange): void {
    const at = this.hear(beat.decidedAt, emit);
    for (const watch of this.watches) watch.beat?.(beat, at);
    this.rhythm.beat(beat, at);
  }

  quality(event: QualityEvent, emit: EmitChange): void {
    const { decidedAt } = event;
    this.hear(decidedAt, emit);
    this.signal.quality(event, emit);
    if (this.signal.isOff) this.interruptWhereOff(decidedAt, emit);
    if (!this.signal.trusted) for (const watch of this.watches) watch.deaf?.(decidedAt);
  }

  waveform(event: WaveformEvent, emit: EmitChange): void {
    const at = this.hear(event.decidedAt, emit);
    if (!this.signal.isOff) for (const watch of this.watches) watch.waveform?.(event, at);
  }

  gap({ decidedAt }: GapEvent, emit: EmitChange): void {
    this.hear(decidedAt, emit);
    this.interrupt(decidedAt, emit);
    this.signal.gap(decidedAt, emit);
    this.beside.forget();
    this.learnedAt = decidedAt + this.learningSamples;
  }

  other(event: OtherEvent, emit: EmitChange): void {
    const at = this.hear(event.decidedAt, emit);
    if (event.type === "quality") this.signal.otherQuality(event, emit);
    this.beside.hear(event);
    for (const watch of this.watches) watch.other?.(event, at);
  }

  otherBeat(beat: HeardBeat, emit: EmitChange): void {
    const at = this.hear(beat.decidedAt, emit);
    for (const watch of this.watches) watch.otherBeat?.(beat, at);
  }

  lead({ lead, decidedAt }: { readonly lead: number; readonly decidedAt: number }, emit: EmitChange): void {
    this.hear(decidedAt, emit);
    this.signal.switchTo(lead);
    this.beside.forget();
    for (const watch of this.watches) watch.switched?.();
  }

  resume(kind: string, beginSample: number): void {
    for (const watch of this.watches) watch.resume?.(kind, beginSample);
  }

  takeRhythms(): readonly RhythmChange[] {
    if (this.rhythms.length === 0) return NONE;
    const taken = this.rhythms;
    this.rhythms = [];
    return taken;
  }

  advance(toSample: number, emit: EmitChange): void {
    for (;;) {
      const at = Math.ceil((this.nextCheck * this.rateHz) / CHECKS_PER_SECOND);
      if (at >= toSample) return;
      if (at - this.heardAt > SILENCE_SECONDS * this.rateHz) {
        this.signal.lost(at, this.heardAt, emit);
        this.interrupt(at, emit);
        this.told(this.rhythm.lost(at));
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
    this.signal.end(atSample, emit);
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

  private get parts(): readonly Stateful[] {
    return [this.conditions, this.signal, this.beside, ...this.watches, this.rhythm];
  }

  /** Time goes on to `now`, where something is heard. */
  private hear(now: number, emit: EmitChange): Moment {
    this.advance(now, emit);
    this.heardAt = Math.max(this.heardAt, now);
    return this.moment(now, emit);
  }

  private check(now: number, emit: EmitChange): void {
    if (this.signal.check(now, emit)) this.interruptWhereOff(now, emit);
    const at = this.moment(now, emit);
    const stoodStill = this.conditions.isOpen("asystole");
    for (const watch of this.watches) watch.check?.(at);
    if (!stoodStill && this.conditions.isOpen("asystole")) this.stop(now, emit);
    this.conditions.update(now, this.updateSamples, emit);
    this.told(this.rhythm.check(at));
  }

  private told(change: RhythmChange | null): void {
    if (change) this.rhythms.push(change);
  }

  private moment(now: number, emit: EmitChange): Moment {
    return {
      now,
      trusted: this.signal.trusted,
      unreadable: this.signal.unreadable,
      learned: now >= this.learnedAt,
      present: now - this.heardAt <= PRESENT_SECONDS * this.rateHz,
      beside: this.beside,
      emit,
      isOpen: this.isOpen,
    };
  }

  /** The heart has stopped: no rhythm goes on. */
  private stop(now: number, emit: EmitChange): void {
    this.conditions.endPhysiological(now, emit, "asystole");
    for (const watch of this.watches) watch.interrupt?.(now, "asystole");
  }

  /** A lead that looks off may be of a heart that stands still. */
  private interruptWhereOff(now: number, emit: EmitChange): void {
    this.interrupt(now, emit, this.isOpen("asystole") ? "asystole" : undefined);
  }

  /** The heart cannot be observed: physiological conditions end, but for `spared`. */
  private interrupt(now: number, emit: EmitChange, spared?: RhythmKind): void {
    this.conditions.endPhysiological(now, emit, spared);
    for (const watch of this.watches) watch.interrupt?.(now, "no signal");
    this.rhythm.forget();
  }
}
