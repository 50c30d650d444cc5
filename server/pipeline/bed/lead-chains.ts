import type { ChainSettings } from "../../../signal/chain.ts";
import type { ChainEvent, SignalChain } from "../../../signal/events.ts";
import type { StateReader, Stateful, StateWriter } from "../../../signal/state.ts";
import { bedEvent, type BedEvent } from "./bed-event.ts";
import { LeadChoice } from "./lead-choice.ts";

/** The lead that is heard wherever it can be read, and the one to fall back to. */
export const MOST_LEADS = 2;

type Emit = (event: BedEvent) => void;

/** The signal chains of the leads of an epoch that are in use, one or two, which hear the same samples; gives out one stream of events. */
export class LeadChains implements Stateful {
  private readonly chains: readonly SignalChain[];
  /** Null where there is nothing to choose. */
  private readonly choice: LeadChoice | null;

  constructor(leads: number, inputRateHz: number, openChain: (settings: ChainSettings) => SignalChain) {
    this.chains = Array.from({ length: leads }, () => openChain({ inputRateHz }));
    this.choice = leads > 1 ? new LeadChoice(inputRateHz) : null;
  }

  /** The next samples of each lead, mV; of each array the first `count`. */
  push(millivolts: readonly Float32Array[], count: number, emit: Emit): void {
    this.hear((chain, lead, told) => chain.push(millivolts[lead], count, told), emit);
  }

  skip(count: number, emit: Emit): void {
    this.hear((chain, _, told) => chain.skip(count, told), emit);
  }

  end(emit: Emit): void {
    this.hear((chain, _, told) => chain.end(told), emit);
  }

  save(to: StateWriter): void {
    for (const chain of this.chains) to.part(chain);
    if (this.choice) to.part(this.choice);
  }

  load(from: StateReader): void {
    for (const chain of this.chains) from.part(chain);
    if (this.choice) from.part(this.choice);
  }

  private hear(each: (chain: SignalChain, lead: number, told: (event: ChainEvent) => void) => void, emit: Emit): void {
    const { chains, choice } = this;
    const [first, second] = chains;
    if (!choice) {
      each(first, 0, (event) => emit(bedEvent(event, 0)));
      return;
    }
    each(first, 0, (event) => void preferred.push(event));
    each(second, 1, (event) => void fallback.push(event));
    let next = 0;
    for (const event of preferred) {
      while (next < fallback.length && fallback[next].decidedAt < event.decidedAt)
        choice.take(fallback[next++], 1, emit);
      choice.take(event, 0, emit);
    }
    while (next < fallback.length) choice.take(fallback[next++], 1, emit);
    preferred.length = fallback.length = 0;
  }
}

/** What the chains of a bed have heard in one turn, for all beds. */
const preferred: ChainEvent[] = [];
const fallback: ChainEvent[] = [];
