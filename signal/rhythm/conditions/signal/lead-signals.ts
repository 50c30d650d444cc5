import type { UnknownReason } from "../../../../contracts/rhythm.ts";
import type { QualityEvent } from "../../../events.ts";
import type { StateReader, Stateful, StateWriter } from "../../../state.ts";
import type { EmitChange } from "../open-condition.ts";
import { SignalWatch } from "./signal-watch.ts";
import type { WatchSettings } from "../watch.ts";

/** The signals of the leads in use, one of which is heard: the clinical watches depend on that one alone. */
export class LeadSignals implements Stateful {
  private readonly leads: readonly SignalWatch[];
  private heard = 0;

  /** `names`: of the leads in use, all different, the one that is heard first in front. */
  constructor(settings: WatchSettings, names: readonly string[]) {
    this.leads = names.map((name) => new SignalWatch(settings, name));
  }

  /** The last second of the lead that is heard was good. */
  get trusted(): boolean {
    return this.leads[this.heard].trusted;
  }

  /** The lead that is heard is. */
  get isOff(): boolean {
    return this.leads[this.heard].isOff;
  }

  /** Why the lead that is heard cannot be read; null where it can. */
  get unreadable(): UnknownReason | null {
    const { isOff, isNoisy } = this.leads[this.heard];
    return isOff ? "lead-off" : isNoisy ? "noisy" : null;
  }

  quality(event: QualityEvent, emit: EmitChange): void {
    this.leads[this.heard].quality(event, true, emit);
  }

  /** Of the lead in use that is not heard. */
  otherQuality(event: QualityEvent, emit: EmitChange): void {
    this.leads.at(1 - this.heard)?.quality(event, false, emit);
  }

  switchTo(lead: number): void {
    this.heard = lead;
  }

  /** Leads without samples beside one that has some are off. True where that befalls the one that is heard. */
  check(now: number, emit: EmitChange): boolean {
    let isHeardLost = false;
    this.leads.forEach((lead, index) => {
      if (lead.check(now, emit) && index === this.heard) isHeardLost = true;
    });
    return isHeardLost;
  }

  /** No samples of any lead since `since`. */
  lost(now: number, since: number, emit: EmitChange): void {
    for (const lead of this.leads) lead.lost(now, since, emit);
  }

  gap(now: number, emit: EmitChange): void {
    this.leads.forEach((lead, index) => lead.gap(now, index === this.heard, emit));
  }

  /** The epoch ends. */
  end(now: number, emit: EmitChange): void {
    for (const lead of this.leads) lead.end(now, emit);
  }

  save(to: StateWriter): void {
    to.number(this.heard);
    for (const lead of this.leads) to.part(lead);
  }

  load(from: StateReader): void {
    this.heard = from.number();
    for (const lead of this.leads) from.part(lead);
  }
}
