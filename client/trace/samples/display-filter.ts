import { bandPass, Filter, highPass } from "../../../signal/filters.ts";

/** What monitors show (IEC 60601-2-27, monitoring mode): slow drift and muscle noise left out. */
export const DISPLAY_BAND_HZ = { low: 0.5, high: 40 } as const;

/** Takes baseline wander and fast noise from one lead, sample by sample, for the eye only. */
export class DisplayFilter {
  private readonly filter: Filter;
  private running = false;

  constructor(rateHz: number) {
    const { low, high } = DISPLAY_BAND_HZ;
    this.filter = new Filter(rateHz > 2.5 * high ? bandPass(2, low, high, rateHz) : highPass(2, low, rateHz));
  }

  /** mV in, mV out; NaN for a missing sample, behind which the filter starts afresh. */
  push(millivolts: number): number {
    if (Number.isNaN(millivolts)) {
      this.running = false;
      return Number.NaN;
    }
    if (!this.running) this.filter.reset();
    this.running = true;
    return this.filter.push(millivolts);
  }
}
