import { type Frame, leadToMillivolts, sampleCount } from "../../../contracts/frame.ts";
import type { RhythmPolicy } from "../../../contracts/rhythm-policy.ts";
import type { ChainSettings } from "../../../signal/chain.ts";
import type { SignalChain } from "../../../signal/events.ts";
import { distinctNames, type LeadLabel } from "../../../signal/leads.ts";
import { createRhythmMonitor, type RhythmMonitor } from "../../../signal/rhythm/monitor.ts";
import type { StateReader, Stateful, StateWriter } from "../../../signal/state.ts";
import type { BedEvent } from "./bed-event.ts";
import { Continuity, type ContinuityEvent } from "./continuity.ts";
import { contradiction } from "./faults.ts";
import { isSameStart, type Recording } from "./held-frame.ts";
import { LeadChains, MOST_LEADS } from "./lead-chains.ts";
import { Withheld } from "./withheld.ts";

/** A reader that joins an epoch midway withholds what it hears before its thresholds and averages have settled. */
export const WARM_UP_SECONDS = 12;
/** An epoch whose first frame lies no further in than this began here; what precedes may still arrive. */
export const LATE_START_SECONDS = 1;

export interface SignalObserver {
  discarded?(reason: "duplicate" | "late"): void;
  gap?(seconds: number): void;
  /** An epoch is heard under another name than its frames give it, or goes on behind its last frame. */
  mended?(epoch: MendedEpoch): void;
}

/** An epoch whose frames do not tell it as it is. */
export interface MendedEpoch {
  readonly bed: string;
  /** As its frames give it, and as its outputs do. */
  readonly epoch: string;
  readonly heardAs: string;
  readonly reason: Beginning["reason"];
}

/**
 * Indices of the leads in use among those of an epoch: the one that is heard wherever it can be read, and the one to fall back to;
 * more are not used, none refuses the epoch.
 */
export type ChooseLeads = (leads: readonly LeadLabel[]) => readonly number[];

/** What the epochs of all beds have in common. */
export interface EpochSettings {
  readonly observer: SignalObserver;
  /** Values of the classifier's recurrent state. */
  readonly stateSize: number;
  readonly chooseLeads: ChooseLeads;
  readonly openChain: (settings: ChainSettings) => SignalChain;
  /** The alarm policy of a bed. */
  readonly policyOf: (bed: string) => RhythmPolicy;
}

/** What is told of an epoch once, where it begins. */
interface EpochFacts {
  readonly bed: string;
  readonly epoch: string;
  /** As its frames give it. */
  readonly givenName: string;
  readonly epochStartMs: number;
  readonly samplingRateHz: number;
  readonly labels: readonly LeadLabel[];
  readonly leads: readonly number[];
  readonly firstSample: number;
  readonly publishFrom: number;
}

/** How an epoch begins that is not as its frames tell it. */
export interface Beginning {
  /** What its outputs call it. */
  readonly name: string;
  /** Index of its first sample, from which on its outputs are published: no earlier worker has. */
  readonly from: number;
  readonly reason: "name used twice" | "out of step" | "last frame was not the last";
}

/**
 * One epoch of one bed. Frames drive its front (continuity, chain) as they arrive; its back (recurrent state, monitor, what is
 * withheld) follows when the classifier has spoken, event by event.
 */
export class BedEpoch implements Stateful {
  readonly bed: string;
  /** What its outputs call it; its frames may call it otherwise. */
  readonly epoch: string;
  readonly epochStartMs: number;
  readonly samplingRateHz: number;
  readonly labels: readonly LeadLabel[];
  /** Indices of the leads in use, one or two: the preferred one first. */
  readonly leads: readonly number[];
  /** Their names, made different where they are not. */
  readonly leadNames: readonly string[];
  /** Outputs before this sample are withheld: an earlier worker has published them (see commit-hold.ts). */
  readonly publishFrom: number;

  private readonly continuity: Continuity;
  private readonly chains: LeadChains;
  /** The classifier's, over the beats of each lead in use. */
  readonly recurrent: readonly Float32Array[];
  readonly policy: RhythmPolicy;
  readonly monitor: RhythmMonitor;
  readonly withheld = new Withheld();

  private readonly observer: SignalObserver;
  private events: BedEvent[] = [];
  /** As the last frame that was taken told it. */
  private startMs: number;

  private constructor(
    private readonly facts: EpochFacts,
    settings: EpochSettings,
  ) {
    const { samplingRateHz, firstSample } = facts;
    this.bed = facts.bed;
    this.epoch = facts.epoch;
    this.epochStartMs = facts.epochStartMs;
    this.samplingRateHz = samplingRateHz;
    this.labels = facts.labels;
    this.leads = facts.leads;
    this.leadNames = distinctNames(facts.labels, facts.leads);
    this.publishFrom = facts.publishFrom;
    this.startMs = facts.epochStartMs;
    this.continuity = new Continuity(firstSample);
    this.chains = new LeadChains(this.leads.length, samplingRateHz, settings.openChain);
    this.recurrent = facts.leads.map(() => new Float32Array(settings.stateSize));
    this.policy = settings.policyOf(facts.bed);
    this.monitor = createRhythmMonitor({ samplingRateHz, leads: this.leadNames, policy: this.policy });
    this.observer = settings.observer;
  }

  /** The epoch that `frame` is the first of to arrive. Of its leads, one at least is to be used. `beginning`: where that does not follow from the frame. */
  static begin(frame: Frame, settings: EpochSettings, beginning: Beginning | null = null): BedEpoch {
    const { bed, epoch, epochStartMs, samplingRateHz } = frame;
    const labels = frame.leads.map(({ name, unit }) => ({ name, unit }));
    const first = beginning ? beginning.from : joinedAt(frame);
    const begun = new BedEpoch(
      {
        bed,
        epoch: beginning?.name ?? epoch,
        givenName: epoch,
        epochStartMs,
        samplingRateHz,
        labels,
        leads: settings.chooseLeads(labels).slice(0, MOST_LEADS),
        firstSample: first,
        publishFrom: publishedFrom(first, beginning ? 0 : WARM_UP_SECONDS * samplingRateHz),
      },
      settings,
    );
    if (first > 0) begun.chains.skip(first, () => {});
    return begun;
  }

  /** The epoch of `bed` that was saved. Throws BAD_SNAPSHOT. */
  static load(bed: string, from: StateReader, settings: EpochSettings): BedEpoch {
    const facts: EpochFacts = {
      bed,
      epoch: from.text(),
      givenName: from.text(),
      epochStartMs: from.number(),
      samplingRateHz: from.number(),
      labels: Array.from({ length: from.number() }, () => ({ name: from.text(), unit: from.text() })),
      leads: from.array(),
      firstSample: from.number(),
      publishFrom: from.number(),
    };
    const loaded = new BedEpoch(facts, settings);
    loaded.load(from);
    return loaded;
  }

  /** Index of the sample after the last one heard. */
  get position(): number {
    return this.continuity.position;
  }

  /** How far a frame lies ahead of all that has come; less than 0 where it overlaps that. Seconds. */
  secondsAhead({ firstSample }: Frame): number {
    return (firstSample - this.continuity.reach) / this.samplingRateHz;
  }

  /** What its frames say of it. */
  get recording(): Recording {
    const { facts, startMs, samplingRateHz } = this;
    return { epoch: facts.givenName, epochStartMs: startMs, samplingRateHz };
  }

  /** Whether the frame says that it belongs here. */
  owns({ epoch, epochStartMs }: Frame): boolean {
    return epoch === this.facts.givenName && isSameStart(epochStartMs, this.startMs);
  }

  /** What the frame contradicts the epoch in; null where it does not. */
  fault(frame: Frame): string | null {
    return contradiction(frame, this);
  }

  /** A frame of this epoch, without fault. */
  push(frame: Frame, events: BedEvent[]): void {
    const before = this.position;
    this.events = events;
    this.continuity.push(frame, this.absorb);
    if (this.position === before) return;
    this.startMs = frame.epochStartMs;
    events.push({ type: "advance", toSample: this.position });
  }

  /** Nothing more comes: what is pending is given out. */
  end(events: BedEvent[]): void {
    this.events = events;
    this.continuity.flush(this.absorb);
    this.chains.end(this.hear);
    events.push({ type: "end", atSample: this.position });
  }

  save(to: StateWriter): void {
    const { epoch, givenName, epochStartMs, samplingRateHz, labels, leads, firstSample, publishFrom } = this.facts;
    to.text(epoch);
    to.text(givenName);
    to.number(epochStartMs);
    to.number(samplingRateHz);
    to.number(labels.length);
    for (const { name, unit } of labels) {
      to.text(name);
      to.text(unit);
    }
    to.array(leads);
    to.number(firstSample);
    to.number(publishFrom);
    to.number(this.startMs);
    to.part(this.continuity);
    to.part(this.chains);
    for (const state of this.recurrent) to.array(state);
    to.part(this.monitor);
    to.part(this.withheld);
  }

  load(from: StateReader): void {
    this.startMs = from.number();
    from.part(this.continuity);
    from.part(this.chains);
    for (const state of this.recurrent) from.into(state);
    from.part(this.monitor);
    from.part(this.withheld);
  }

  private readonly hear = (event: BedEvent): void => {
    this.events.push(event);
  };

  private readonly absorb = (event: ContinuityEvent): void => {
    switch (event.type) {
      case "discarded":
        this.observer.discarded?.(event.reason);
        break;
      case "missing":
        this.observer.gap?.(event.count / this.samplingRateHz);
        this.chains.skip(event.count, this.hear);
        break;
      case "samples": {
        const { frame, from } = event;
        const read = toMillivolts(frame, this.leads);
        const heard = from === 0 ? read : read.map((lead) => lead.subarray(from));
        this.chains.push(heard, sampleCount(frame) - from, this.hear);
      }
    }
  };
}

/** Index of the first sample of an epoch that is joined with this frame. */
export const joinedAt = ({ firstSample, samplingRateHz }: Frame): number =>
  firstSample <= LATE_START_SECONDS * samplingRateHz ? 0 : firstSample;

/** The sample whose outputs are the first to be published; before it is heard, the signal's begin is a gap, which is not told. */
const publishedFrom = (first: number, warmUpSamples: number): number =>
  first === 0 ? 0 : first + Math.max(1, Math.ceil(warmUpSamples));

/** Samples of the leads in use, one array each, for all beds: they are read at once. */
const millivolts: Float32Array[] = [];

/** The frame's samples, lead by lead in the order of `leads`; behind the frame's, an array holds what it held before. */
function toMillivolts(frame: Frame, leads: readonly number[]): readonly Float32Array[] {
  const count = sampleCount(frame);
  for (let i = 0; i < leads.length; i++) {
    if (i === millivolts.length || millivolts[i].length < count) millivolts[i] = new Float32Array(count);
    leadToMillivolts(frame.leads[leads[i]], millivolts[i]);
  }
  return millivolts;
}
