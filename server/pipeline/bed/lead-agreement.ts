import type { StateReader, Stateful, StateWriter } from "../../../signal/state.ts";

/** R peaks that the average remembers. */
const MEMORY_PEAKS = 60;

/**
 * How far two leads hear the same R peaks where both can be read: those that both heard, among those that one or both did, 0 to 1.
 * A lead may be clean and its QRS too small to be found: it is none to fall back to. Until something is known, they agree.
 */
export class LeadAgreement implements Stateful {
  private average = 1;

  get share(): number {
    return this.average;
  }

  /** R peaks of some time, of both leads; `near`: samples within which two are one. */
  compare(ones: readonly number[], others: readonly number[], near: number): void {
    for (const one of ones) this.add(others.some((other) => Math.abs(other - one) <= near));
    for (const other of others) {
      if (!ones.some((one) => Math.abs(other - one) <= near)) this.add(false);
    }
  }

  save(to: StateWriter): void {
    to.number(this.average);
  }

  load(from: StateReader): void {
    this.average = from.number();
  }

  private add(isHeardByBoth: boolean): void {
    this.average += ((isHeardByBoth ? 1 : 0) - this.average) / MEMORY_PEAKS;
  }
}
