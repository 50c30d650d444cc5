import { derivedEpoch } from "../../../contracts/epoch.ts";
import type { StateReader, Stateful, StateWriter } from "../../../signal/state.ts";
import { isSameRecording, type Recording } from "./held-frame.ts";

const REMEMBERED = 64;

/** An epoch of the bed that is over. */
export interface PastEpoch extends Recording {
  /** What its outputs call it. */
  readonly name: string;
  /** Index of the sample after its last one. */
  readonly end: number;
}

/** The last epochs of a bed, so that none is heard twice, nor two under one name. */
export class PastEpochs implements Stateful {
  private epochs: PastEpoch[] = [];

  add(past: PastEpoch): void {
    this.epochs.push(past);
    if (this.epochs.length > REMEMBERED) this.epochs.shift();
  }

  /** The last one that a frame can belong to. */
  find(recording: Recording): PastEpoch | undefined {
    return this.epochs.findLast((past) => isSameRecording(past, recording));
  }

  /** What to call a recording: as its frames do, where that name is free; else after the time. `names`: taken besides. */
  nameFor({ epoch, epochStartMs }: Recording, names: readonly string[]): string {
    return this.isFree(epoch, names) ? epoch : this.derive(epoch, epochStartMs, names);
  }

  /** A free name after `epoch` and the first free one of the milliseconds from `ms` on. */
  derive(epoch: string, ms: number, names: readonly string[]): string {
    for (let at = ms; ; at++) {
      const name = derivedEpoch(epoch, at);
      if (this.isFree(name, names)) return name;
    }
  }

  save(to: StateWriter): void {
    to.number(this.epochs.length);
    for (const { epoch, epochStartMs, samplingRateHz, name, end } of this.epochs) {
      to.text(epoch);
      to.number(epochStartMs);
      to.number(samplingRateHz);
      to.text(name);
      to.number(end);
    }
  }

  load(from: StateReader): void {
    this.epochs = Array.from({ length: from.number() }, () => ({
      epoch: from.text(),
      epochStartMs: from.number(),
      samplingRateHz: from.number(),
      name: from.text(),
      end: from.number(),
    }));
  }

  private isFree(name: string, names: readonly string[]): boolean {
    return !names.includes(name) && !this.epochs.some((past) => past.name === name);
  }
}
