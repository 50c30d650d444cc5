import { isCanary } from "../../../contracts/canary.ts";
import { BedsideError } from "../../../contracts/errors.ts";
import type { RhythmPolicy } from "../../../contracts/rhythm-policy.ts";
import { type ChainSettings, createSignalChain } from "../../../signal/chain.ts";
import type { SignalChain } from "../../../signal/events.ts";
import { ecgLeads } from "../../../signal/leads.ts";
import { namedPolicy } from "../../../signal/rhythm/policy/policy.ts";
import { Bed } from "./bed.ts";
import type { ChooseLeads, EpochSettings, SignalObserver } from "./epoch.ts";

/** Beds that one worker keeps; where there are more, those whose epoch has ended are forgotten first. */
const MAX_BEDS = 2048;

export interface BedsOptions {
  readonly observer?: SignalObserver;
  /** Default: the one that is read best, then the next best. */
  readonly chooseLeads?: ChooseLeads;
  readonly maxBeds?: number;
  /** The signal chain of an epoch. */
  readonly openChain?: (settings: ChainSettings) => SignalChain;
  /** The alarm policy of a bed; default: the adult one. */
  readonly policyOf?: (bed: string) => RhythmPolicy;
}

/** The beds of one worker, by name. */
export class Beds implements Iterable<Bed> {
  private readonly beds = new Map<string, Bed>();
  private readonly settings: EpochSettings;
  private readonly maxBeds: number;

  /** `stateSize`: values of the classifier's recurrent state. */
  constructor(stateSize: number, options: BedsOptions = {}) {
    this.settings = {
      stateSize,
      observer: options.observer ?? {},
      chooseLeads: options.chooseLeads ?? ecgLeads,
      openChain: options.openChain ?? createSignalChain,
      policyOf: options.policyOf ?? ((): RhythmPolicy => namedPolicy("adult")),
    };
    this.maxBeds = options.maxBeds ?? MAX_BEDS;
  }

  [Symbol.iterator](): IterableIterator<Bed> {
    return this.beds.values();
  }

  get(name: string): Bed | undefined {
    return this.beds.get(name);
  }

  /** The bed of this name. Throws BAD_FRAME when it is one too many. */
  bed(name: string, partition: number): Bed {
    const known = this.beds.get(name);
    if (known) return known;
    const bed = this.open(name, partition);
    this.beds.set(name, bed);
    return bed;
  }

  /** The bed of this name as `load` makes it out of an empty one, in place of what is known of it. Throws what `load` does, and BAD_FRAME likewise. */
  loaded(name: string, partition: number, load: (empty: Bed) => void): Bed {
    const bed = this.open(name, partition);
    load(bed);
    this.beds.set(name, bed);
    return bed;
  }

  forget({ name }: Pick<Bed, "name">): void {
    this.beds.delete(name);
  }

  /** Forgets the beds of partitions that another worker takes over. */
  drop(partitions: ReadonlySet<number>): void {
    for (const bed of this) if (partitions.has(bed.partition)) this.beds.delete(bed.name);
  }

  private open(name: string, partition: number): Bed {
    if (this.beds.size >= this.maxBeds && !this.beds.has(name)) this.makeRoom(name);
    return new Bed(name, partition, isCanary(name) ? { ...this.settings, observer: {} } : this.settings);
  }

  private makeRoom(name: string): void {
    const resting = [...this].filter(({ epoch }) => epoch === null);
    const idle = resting.find((bed) => bed.isIdle);
    if (idle) this.beds.delete(idle.name);
    // A bed whose last words are on their way leaves a moment later.
    else if (resting.length === 0) {
      throw new BedsideError("BAD_FRAME", `bed ${name}: ${this.maxBeds} beds are under way; start another worker`);
    }
  }
}
