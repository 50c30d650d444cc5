import { BedsideError } from "../../../contracts/errors.ts";
import { type Frame, leadToMillivolts, sampleCount } from "../../../contracts/frame.ts";
import type { ChainSettings } from "../../../signal/chain.ts";
import type { SignalChain } from "../../../signal/events.ts";
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

/** What the epochs of all beds have in common. */
export interface EpochSettings {
  readonly observer: SignalObserver;
  /** Values of the classifier's recurrent state. */
  readonly stateSize: number;
  /** Indices of the leads in use among those of an epoch, at least one. */
  readonly chooseLeads: (names: readonly string[]) => readonly number[];
  readonly openChain: (settings: ChainSettings) => SignalChain;
}

/** What is told of an epoch once, where it begins. */
interface EpochFacts {
  readonly bed: string;
  readonly epoch: string;
  readonly epochStartMs: number;
  readonly samplingRateHz: number;
  readonly leadNames: readonly string[];
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
  readonly leadNames: readonly string[];
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
    this.leadNames = facts.leadNames;
    this.leads = facts.leads;
    this.publishFrom = firstSample === 0 ? 0 : firstSample + Math.ceil(WARM_UP_SECONDS * samplingRateHz);
    this.continuity = new Continuity(firstSample);
    this.chain = settings.openChain({ inputRateHz: samplingRateHz });
    this.recurrent = new Float32Array(settings.stateSize);
    this.monitor = createRhythmMonitor({ samplingRateHz });
    this.observer = settings.observer;
  }

  /** The epoch that `frame` is the first of to arrive. */
  static begin(frame: Frame, settings: EpochSettings): BedEpoch {
    const { bed, epoch, epochStartMs, samplingRateHz, firstSample } = frame;
    const leadNames = frame.leads.map((lead) => lead.name);
    const first = firstSample <= LATE_START_SECONDS * samplingRateHz ? 0 : firstSample;
    const leads = settings.chooseLeads(leadNames);
    const begun = new BedEpoch(
      { bed, epoch, epochStartMs, samplingRateHz, leadNames, leads, firstSample: first },
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
      leadNames: Array.from({ length: from.number() }, () => from.text()),
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
    const { epoch, epochStartMs, samplingRateHz, leadNames, leads, firstSample } = this.facts;
    to.text(epoch);
    to.number(epochStartMs);
    to.number(samplingRateHz);
    to.number(leadNames.length);
    for (const name of leadNames) to.text(name);
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
    const { leadNames } = this;
    let same = leads.length === leadNames.length;
    for (let i = 0; same && i < leads.length; i++) same = leads[i].name === leadNames[i];
    if (same && frame.samplingRateHz === this.samplingRateHz) return;
    const place = `frame ${frame.sequence} of bed ${frame.bed}, epoch ${frame.epoch}`;
    const what = same
      ? `samplingRateHz is ${frame.samplingRateHz}, the epoch began with ${this.samplingRateHz}`
      : `leads are ${leads.map((lead) => lead.name).join(", ")}, the epoch began with ${leadNames.join(", ")}`;
    throw new BedsideError("BAD_FRAME", `${place}: ${what}`);
  }
}

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
