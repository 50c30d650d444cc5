import { BedsideError } from "../../../contracts/errors.ts";
import { type Frame, leadToMillivolts, sampleCount } from "../../../contracts/frame.ts";
import type { ChainSettings } from "../../../signal/chain.ts";
import type { SignalChain } from "../../../signal/events.ts";
import { type LeadLabel, withoutEcg } from "../../../signal/leads.ts";
import { createRhythmMonitor, type RhythmMonitor } from "../../../signal/rhythm/monitor.ts";
import type { StateReader, Stateful, StateWriter } from "../../../signal/state.ts";
import { bedEvent, type BedEvent } from "./bed-event.ts";
import { Continuity, type ContinuityEvent } from "./continuity.ts";
import { Withheld } from "./withheld.ts";

/** A reader that joins an epoch midway withholds what it hears before its thresholds and averages have settled. */
export const WARM_UP_SECONDS = 12;
/** An epoch whose first frame lies no further in than this began here; what precedes may still arrive. */
const LATE_START_SECONDS = 1;

export interface SignalObserver {
  discarded?(reason: "duplicate" | "late"): void;
  gap?(seconds: number): void;
}

/** Indices of the leads in use among those of an epoch, the one that the chain hears first; none refuses the epoch. */
export type ChooseLeads = (leads: readonly LeadLabel[]) => readonly number[];

/** What the epochs of all beds have in common. */
export interface EpochSettings {
  readonly observer: SignalObserver;
  /** Values of the classifier's recurrent state. */
  readonly stateSize: number;
  readonly chooseLeads: ChooseLeads;
  readonly openChain: (settings: ChainSettings) => SignalChain;
}

/** What is told of an epoch once, where it begins. */
interface EpochFacts {
  readonly bed: string;
  readonly epoch: string;
  readonly epochStartMs: number;
  readonly samplingRateHz: number;
  readonly labels: readonly LeadLabel[];
  readonly leads: readonly number[];
  readonly firstSample: number;
}

/**
 * One epoch of one bed. Frames drive its front (continuity, chain) as they arrive; its back (recurrent state, monitor, what is
 * withheld) follows when the classifier has spoken, event by event.
 */
export class BedEpoch implements Stateful {
  readonly bed: string;
  readonly epoch: string;
  readonly epochStartMs: number;
  readonly samplingRateHz: number;
  private readonly labels: readonly LeadLabel[];
  /** Indices of the leads in use: the chain hears the first. */
  readonly leads: readonly number[];
  /** Outputs before this sample are withheld: an earlier worker has published them (see commit-hold.ts). */
  readonly publishFrom: number;

  private readonly continuity: Continuity;
  private readonly chain: SignalChain;
  /** The classifier's, over this bed's beats. */
  readonly recurrent: Float32Array;
  readonly monitor: RhythmMonitor;
  readonly withheld = new Withheld();

  private readonly observer: SignalObserver;
  private events: BedEvent[] = [];

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
    this.publishFrom = firstSample === 0 ? 0 : firstSample + Math.ceil(WARM_UP_SECONDS * samplingRateHz);
    this.continuity = new Continuity(firstSample);
    this.chain = settings.openChain({ inputRateHz: samplingRateHz });
    this.recurrent = new Float32Array(settings.stateSize);
    this.monitor = createRhythmMonitor({ samplingRateHz });
    this.observer = settings.observer;
  }

  /** The epoch that `frame` is the first of to arrive. Throws BAD_FRAME where none of its leads is to be used. */
  static begin(frame: Frame, settings: EpochSettings): BedEpoch {
    const { bed, epoch, epochStartMs, samplingRateHz, firstSample } = frame;
    const labels = frame.leads.map(({ name, unit }) => ({ name, unit }));
    const first = firstSample <= LATE_START_SECONDS * samplingRateHz ? 0 : firstSample;
    const leads = settings.chooseLeads(frame.leads);
    if (leads.length === 0) throw new BedsideError("BAD_FRAME", `${placeOf(frame)}: ${withoutEcg(frame.leads)}`);
    const begun = new BedEpoch(
      { bed, epoch, epochStartMs, samplingRateHz, labels, leads, firstSample: first },
      settings,
    );
    if (first > 0) begun.chain.skip(first, () => {});
    return begun;
  }

  /** The epoch of `bed` that was saved. Throws BAD_SNAPSHOT. */
  static load(bed: string, from: StateReader, settings: EpochSettings): BedEpoch {
    const facts: EpochFacts = {
      bed,
      epoch: from.text(),
      epochStartMs: from.number(),
      samplingRateHz: from.number(),
      labels: Array.from({ length: from.number() }, () => ({ name: from.text(), unit: from.text() })),
      leads: from.array(),
      firstSample: from.number(),
    };
    const loaded = new BedEpoch(facts, settings);
    loaded.load(from);
    return loaded;
  }

  /** Index of the sample after the last one heard. */
  get position(): number {
    return this.continuity.position;
  }

  /** Throws BAD_FRAME when the frame contradicts the epoch, which is left as it was. */
  push(frame: Frame, events: BedEvent[]): void {
    this.check(frame);
    const before = this.position;
    this.events = events;
    this.continuity.push(frame, this.absorb);
    if (this.position > before) events.push({ type: "advance", toSample: this.position });
  }

  /** Nothing more comes: what is pending is given out. */
  end(events: BedEvent[]): void {
    this.events = events;
    this.continuity.flush(this.absorb);
    this.chain.end(this.hear);
    events.push({ type: "end", atSample: this.position });
  }

  save(to: StateWriter): void {
    const { epoch, epochStartMs, samplingRateHz, labels, leads, firstSample } = this.facts;
    to.text(epoch);
    to.number(epochStartMs);
    to.number(samplingRateHz);
    to.number(labels.length);
    for (const { name, unit } of labels) {
      to.text(name);
      to.text(unit);
    }
    to.array(leads);
    to.number(firstSample);
    to.part(this.continuity);
    to.octets(this.chain.snapshot());
    to.array(this.recurrent);
    to.part(this.monitor);
    to.part(this.withheld);
  }

  load(from: StateReader): void {
    from.part(this.continuity);
    this.chain.restore(from.octets());
    from.into(this.recurrent);
    from.part(this.monitor);
    from.part(this.withheld);
  }

  private readonly hear = (event: Parameters<typeof bedEvent>[0]): void => {
    this.events.push(bedEvent(event));
  };

  private readonly absorb = (event: ContinuityEvent): void => {
    switch (event.type) {
      case "discarded":
        this.observer.discarded?.(event.reason);
        break;
      case "missing":
        this.observer.gap?.(event.count / this.samplingRateHz);
        this.chain.skip(event.count, this.hear);
        break;
      case "samples": {
        const { frame, from } = event;
        const [heard] = toMillivolts(frame, this.leads);
        this.chain.push(from === 0 ? heard : heard.subarray(from), sampleCount(frame) - from, this.hear);
      }
    }
  };

  private check(frame: Frame): void {
    const { leads } = frame;
    const { labels } = this;
    let same = leads.length === labels.length;
    for (let i = 0; same && i < leads.length; i++) {
      same = leads[i].name === labels[i].name && leads[i].unit === labels[i].unit;
    }
    if (same && frame.samplingRateHz === this.samplingRateHz) return;
    throw new BedsideError("BAD_FRAME", `${placeOf(frame)}: ${this.contradictionOf(frame)}`);
  }

  private contradictionOf({ leads, samplingRateHz }: Frame): string {
    const { labels } = this;
    const [names, begun] = [leads, labels].map((some) => some.map(({ name }) => name).join(", "));
    if (names !== begun) return `leads are ${names}, the epoch began with ${begun}`;
    const changed = leads.find(({ unit }, index) => unit !== labels[index].unit);
    if (changed) return `the unit of lead ${changed.name} has become ${JSON.stringify(changed.unit)}`;
    return `samplingRateHz is ${samplingRateHz}, the epoch began with ${this.samplingRateHz}`;
  }
}

const placeOf = ({ sequence, bed, epoch }: Frame): string => `frame ${sequence} of bed ${bed}, epoch ${epoch}`;

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
