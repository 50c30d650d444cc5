import { BedsideError } from "../../contracts/errors.ts";
import { type Frame, leadToMillivolts } from "../../contracts/frame.ts";
import { pickLead } from "../../signal/leads.ts";
import { type ChainSettings, createSignalChain } from "../../signal/chain.ts";
import type { ChainEvent, SignalChain } from "../../signal/events.ts";
import { createRhythmMonitor } from "../../signal/rhythm/monitor.ts";
import { Continuity, type ContinuityEvent } from "./continuity.ts";
import type { EpochState, Reference, Step, Work } from "./work.ts";

/** A reader that joins an epoch midway withholds what it hears before its thresholds and averages have settled. */
export const WARM_UP_SECONDS = 12;
/** An epoch whose first frame lies no further in than this began here; what precedes may still arrive. */
const LATE_START_SECONDS = 1;
const REMEMBERED_EPOCHS = 8;
/** Beds that one worker keeps; where there are more, those whose epoch has ended are forgotten first. */
const MAX_BEDS = 2048;

export interface SignalObserver {
  discarded?(reason: "duplicate" | "late"): void;
  gap?(seconds: number): void;
}

export interface SignalStageOptions {
  readonly observer?: SignalObserver;
  /** Index of the lead to monitor among those of an epoch. */
  readonly chooseLead?: (names: readonly string[]) => number;
  readonly maxBeds?: number;
  /** The signal chain of an epoch. */
  readonly openChain?: (settings: ChainSettings) => SignalChain;
}

interface BedState {
  current: { readonly epoch: EpochState; readonly continuity: Continuity } | null;
  readonly pastEpochs: string[];
  readonly partition: number;
}

/**
 * The first stage: frames of all beds in the order of arrival → continuity, signal chain → works. Keeps each bed's
 * epoch; a new epoch ends the one before.
 */
export class SignalStage {
  private readonly beds = new Map<string, BedState>();
  private readonly observer: SignalObserver;
  private readonly chooseLead: (names: readonly string[]) => number;
  private readonly maxBeds: number;
  private readonly openChain: (settings: ChainSettings) => SignalChain;
  private millivolts = new Float32Array(0);

  /** `stateSize`: values of the classifier's recurrent state. */
  constructor(
    private readonly stateSize: number,
    options: SignalStageOptions = {},
  ) {
    this.observer = options.observer ?? {};
    this.chooseLead = options.chooseLead ?? pickLead;
    this.maxBeds = options.maxBeds ?? MAX_BEDS;
    this.openChain = options.openChain ?? createSignalChain;
  }

  /** Throws BAD_FRAME when the frame contradicts its epoch; the epoch is left as it was. */
  push(frame: Frame, reference: Reference): Work[] {
    const bed = this.bed(frame.bed, reference.partition);
    const works: Work[] = [];
    if (bed.pastEpochs.includes(frame.epoch)) {
      this.observer.discarded?.("late");
      return [doneOnly(frame, reference)];
    }
    if (bed.current && bed.current.epoch.epoch !== frame.epoch) {
      works.push(this.endEpoch(bed, frame.producedAtMs));
    }
    bed.current ??= this.beginEpoch(frame);
    const { epoch, continuity } = bed.current;
    checkSameEpoch(frame, epoch);

    const steps: Step[] = [];
    const firstSample = continuity.position;
    continuity.push(frame, (event) => this.absorb(epoch, event, steps));
    const endSample = continuity.position;
    if (endSample > firstSample) steps.push({ type: "advance", toSample: endSample });
    const ended = frame.last && endSample >= frame.firstSample + frame.leads[0].samples.length;
    if (ended) this.finish(bed, steps);
    works.push({
      epoch,
      steps,
      outgoing: [],
      producedAtMs: frame.producedAtMs,
      reference,
      progress: {
        bed: frame.bed,
        epoch: frame.epoch,
        samplingRateHz: frame.samplingRateHz,
        firstSample,
        endSample,
        ended,
      },
    });
    return works;
  }

  /** Ends every epoch that is under way: what is pending is given out. */
  endAll(): Work[] {
    return [...this.beds.values()].filter((bed) => bed.current).map((bed) => this.endEpoch(bed, null));
  }

  /** The bed's current epoch and the sample it stands at, null where none is under way. */
  standing(name: string): { epoch: EpochState; sample: number } | null {
    const current = this.beds.get(name)?.current;
    return current ? { epoch: current.epoch, sample: current.continuity.position } : null;
  }

  /** Forgets the beds of partitions that another worker takes over; returns their names. */
  drop(partitions: ReadonlySet<number>): string[] {
    const dropped = [...this.beds].filter(([, bed]) => partitions.has(bed.partition)).map(([name]) => name);
    for (const name of dropped) this.beds.delete(name);
    return dropped;
  }

  private bed(name: string, partition: number): BedState {
    let bed = this.beds.get(name);
    if (!bed) {
      if (this.beds.size >= this.maxBeds) this.makeRoom(name);
      this.beds.set(name, (bed = { current: null, pastEpochs: [], partition }));
    }
    return bed;
  }

  private makeRoom(name: string): void {
    const ended = [...this.beds].find(([, bed]) => !bed.current);
    if (ended) this.beds.delete(ended[0]);
    else throw new BedsideError("BAD_FRAME", `bed ${name}: ${this.maxBeds} beds are under way; start another worker`);
  }

  private beginEpoch(frame: Frame): NonNullable<BedState["current"]> {
    const { samplingRateHz } = frame;
    const first = frame.firstSample <= LATE_START_SECONDS * samplingRateHz ? 0 : frame.firstSample;
    const leadNames = frame.leads.map((lead) => lead.name);
    const chain = this.openChain({ inputRateHz: samplingRateHz });
    if (first > 0) chain.skip(first, () => {});
    return {
      epoch: {
        bed: frame.bed,
        epoch: frame.epoch,
        epochStartMs: frame.epochStartMs,
        samplingRateHz,
        leadNames,
        lead: this.chooseLead(leadNames),
        publishFrom: first === 0 ? 0 : first + Math.ceil(WARM_UP_SECONDS * samplingRateHz),
        chain,
        recurrent: new Float32Array(this.stateSize),
        monitor: createRhythmMonitor({ samplingRateHz }),
        withheld: new Map(),
      },
      continuity: new Continuity(first),
    };
  }

  private endEpoch(bed: BedState, producedAtMs: number | null): Work {
    const steps: Step[] = [];
    const epoch = bed.current?.epoch ?? null;
    this.finish(bed, steps);
    return { epoch, steps, outgoing: [], producedAtMs, reference: null, progress: null };
  }

  private finish(bed: BedState, steps: Step[]): void {
    if (!bed.current) return;
    const { epoch, continuity } = bed.current;
    continuity.flush((event) => this.absorb(epoch, event, steps));
    epoch.chain.end(hearInto(steps));
    steps.push({ type: "end", atSample: continuity.position });
    bed.current = null;
    bed.pastEpochs.push(epoch.epoch);
    if (bed.pastEpochs.length > REMEMBERED_EPOCHS) bed.pastEpochs.shift();
  }

  private absorb(epoch: EpochState, event: ContinuityEvent, steps: Step[]): void {
    switch (event.type) {
      case "discarded":
        this.observer.discarded?.(event.reason);
        break;
      case "missing":
        this.observer.gap?.(event.count / epoch.samplingRateHz);
        epoch.chain.skip(event.count, hearInto(steps));
        break;
      case "samples": {
        const lead = event.frame.leads[epoch.lead];
        if (this.millivolts.length < lead.samples.length) this.millivolts = new Float32Array(lead.samples.length);
        const length = leadToMillivolts(lead, this.millivolts);
        epoch.chain.push(this.millivolts.subarray(event.from, length), length - event.from, hearInto(steps));
      }
    }
  }
}

const hearInto =
  (steps: Step[]) =>
  (event: ChainEvent): void => {
    steps.push(event.type === "beat" ? { type: "beat", event, probabilities: null } : { type: "heard", event });
  };

function doneOnly(frame: Frame, reference: Reference): Work {
  return { epoch: null, steps: [], outgoing: [], producedAtMs: frame.producedAtMs, reference, progress: null };
}

function checkSameEpoch(frame: Frame, epoch: EpochState): void {
  const names = frame.leads.map((lead) => lead.name).join(", ");
  const place = `frame ${frame.sequence} of bed ${frame.bed}, epoch ${frame.epoch}`;
  if (names !== epoch.leadNames.join(", ")) {
    throw new BedsideError(
      "BAD_FRAME",
      `${place}: leads are ${names}, the epoch began with ${epoch.leadNames.join(", ")}`,
    );
  }
  if (frame.samplingRateHz !== epoch.samplingRateHz) {
    throw new BedsideError(
      "BAD_FRAME",
      `${place}: samplingRateHz is ${frame.samplingRateHz}, the epoch began with ${epoch.samplingRateHz}`,
    );
  }
}
