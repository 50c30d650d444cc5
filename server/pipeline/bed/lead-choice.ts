import type { BeatEvent, ChainEvent, QrsEvent } from "../../../signal/events.ts";
import type { StateReader, Stateful, StateWriter } from "../../../signal/state.ts";
import { type BedEvent, loadEvents, saveEvents } from "./bed-event.ts";
import { LeadAgreement } from "./lead-agreement.ts";
import { LeadFitness } from "./lead-fitness.ts";
import { SAME_SECONDS, ToldPeaks } from "./told-peaks.ts";

/** When which lead is heard. */
export interface SwitchRules {
  /** The lead that is heard has been noisy, or off, for so long in a row … */
  readonly noisySeconds: number;
  readonly offSeconds: number;
  /** … and the other one good for so long, beside one that is off for less: then that is heard. */
  readonly goodSeconds: number;
  readonly goodBesideOffSeconds: number;
  /** The preferred lead is heard again when it has been good for so long. */
  readonly backSeconds: number;
  /** Of their R peaks two leads that can be read must hear so many both: else the other one is not fallen back to. */
  readonly leastAgreement: number;
}

/** Chosen on DS1: ../README.md. */
export const SWITCH_RULES: SwitchRules = {
  noisySeconds: 3,
  offSeconds: 1,
  goodSeconds: 3,
  goodBesideOffSeconds: 1,
  backSeconds: 20,
  leastAgreement: 0.7,
};

/** R peaks are compared where both leads have been good for so long, as far as every lead has had the time to find them. */
const COMPARED_SECONDS = 3;
/** What the other lead hears is kept for so long. */
const KEPT_SECONDS = 8;

type Emit = (event: BedEvent) => void;

/**
 * Makes one stream of what two leads of a bed hear. The one that can be read is heard: its events go on as they are; of the other's
 * QRS, quality and waveform go on as evidence. Which one is heard is decided by the quality of both, in event time. At a switch
 * the R peaks that the lead that is left has missed are told at once, found late. An R peak is told once, by the lead that
 * told it as QRS also as beat.
 */
export class LeadChoice implements Stateful {
  /** Index of the lead that is heard; 0 is the preferred one. */
  private heard = 0;
  private readonly fitness: readonly LeadFitness[];
  private readonly agreement = new LeadAgreement();
  private readonly told: ToldPeaks;
  /** What the lead that is not heard has heard of late. */
  private peaks: QrsEvent[] = [];
  private beats: BeatEvent[] = [];

  constructor(
    private readonly rateHz: number,
    private readonly rules = SWITCH_RULES,
  ) {
    this.fitness = [new LeadFitness(rateHz), new LeadFitness(rateHz)];
    this.told = new ToldPeaks(rateHz);
  }

  /** An event of the lead of that index, in order of decision; where both decide at once, the preferred one's first. */
  take(event: ChainEvent, lead: number, emit: Emit): void {
    const isHeard = lead === this.heard;
    switch (event.type) {
      case "qrs":
        if (isHeard) this.tell(event, lead, emit);
        else this.keep(event, emit);
        break;
      case "beat":
        this.beat(event, lead, emit);
        break;
      case "gap":
        if (!isHeard) break;
        this.told.interrupt();
        emit(event);
        break;
      case "quality":
        this.fitness[lead].quality(event);
        emit(isHeard ? event : { type: "other", event });
        if (isHeard) this.compare(event.decidedAt);
        this.choose(event.decidedAt, emit);
        break;
      default:
        emit(isHeard ? event : { type: "other", event });
    }
  }

  save(to: StateWriter): void {
    to.number(this.heard);
    for (const lead of this.fitness) to.part(lead);
    to.part(this.agreement);
    to.part(this.told);
    saveEvents(this.peaks, to);
    saveEvents(
      this.beats.map((event) => ({ type: "beat", event, lead: 1 - this.heard, isHeard: false, probabilities: null })),
      to,
    );
  }

  load(from: StateReader): void {
    this.heard = from.number();
    for (const lead of this.fitness) from.part(lead);
    from.part(this.agreement);
    from.part(this.told);
    this.peaks = loadEvents(from).flatMap((event) => (event.type === "qrs" ? [event] : []));
    this.beats = loadEvents(from).flatMap((event) => (event.type === "beat" ? [event.event] : []));
  }

  private compare(now: number): void {
    if (!this.fitness.every((lead) => lead.isGoodFor(COMPARED_SECONDS, now))) return;
    const { rateHz } = this;
    const [from, to] = [now - 2 * rateHz, now - rateHz];
    const near = SAME_SECONDS * rateHz;
    const others = this.peaks.map(({ sample }) => sample);
    this.agreement.compare(
      this.told.between(from, to),
      others.filter((sample) => sample > from && sample <= to),
      near,
    );
  }

  private choose(now: number, emit: Emit): void {
    const { heard, fitness, rules } = this;
    const other = 1 - heard;
    const isOff = fitness[heard].isOffFor(rules.offSeconds);
    const isGood = fitness[other].isGoodFor(isOff ? rules.goodBesideOffSeconds : rules.goodSeconds, now);
    const lost = isGood && (isOff || fitness[heard].isBadFor(rules.noisySeconds, now));
    const isBack = other === 0 && fitness[other].isGoodFor(rules.backSeconds, now);
    if (lost && this.agreement.share >= rules.leastAgreement) this.switchTo(other, fitness[heard].badFrom, now, emit);
    else if (isBack) this.switchTo(other, now, now, emit);
  }

  /** `from`: R peaks that the other lead has missed since then are told, too. */
  private switchTo(lead: number, from: number, now: number, emit: Emit): void {
    const { beats } = this;
    const peaks = this.peaks.filter(({ sample }) => sample > from || sample > this.told.last);
    this.heard = lead;
    this.peaks = [];
    this.beats = [];
    emit({ type: "lead", lead, decidedAt: now });
    const { last } = this.told;
    // QRS are told in order of their samples; what lies before the last one is told as a beat alone.
    const unheard: Emit = () => {};
    for (const peak of peaks) {
      this.tell({ ...peak, decidedAt: now, foundLate: true }, lead, peak.sample > last ? emit : unheard);
    }
    for (const beat of beats) this.beat({ ...beat, decidedAt: now }, lead, emit);
  }

  /** An R peak that is told, where the other lead has not told it. */
  private tell(event: QrsEvent, lead: number, emit: Emit): void {
    const { sample, foundLate } = event;
    const told = this.told.add(sample, lead, foundLate);
    if (told) emit(told.rrMs === event.rrMs ? event : { ...event, rrMs: told.rrMs });
  }

  private beat(event: BeatEvent, lead: number, emit: Emit): void {
    const told = this.told.takeBeat(event.sample, lead);
    if (told) {
      const { rrMs, foundLate } = told;
      const isSame = rrMs === event.rrMs && foundLate === event.foundLate;
      const heard = isSame ? event : { ...event, rrMs, foundLate };
      emit({ type: "beat", event: heard, lead, isHeard: true, probabilities: null });
    } else if (lead !== this.heard) {
      emit({ type: "beat", event, lead, isHeard: false, probabilities: null });
      this.beats.push(event);
      this.beats = this.beats.filter(({ sample }) => sample >= event.decidedAt - KEPT_SECONDS * this.rateHz);
    }
  }

  private keep(event: QrsEvent, emit: Emit): void {
    emit({ type: "other", event });
    this.peaks.push(event);
    this.peaks = this.peaks.filter(({ sample }) => sample >= event.decidedAt - KEPT_SECONDS * this.rateHz);
  }
}
