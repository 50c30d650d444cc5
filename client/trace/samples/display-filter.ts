import { bandPass, Filter, highPass } from "../../../signal/filters.ts";

/** What the eye may be shown, Hz: as monitors show it (IEC 60601-2-27, monitoring mode), and as electrocardiographs do (IEC 60601-2-25). No mains notch in either. */
export const DISPLAY_FILTERS = {
  monitor: { lowHz: 0.5, highHz: 40 },
  diagnostic: { lowHz: 0.05, highHz: 150 },
} as const;

export type DisplayFilterName = keyof typeof DISPLAY_FILTERS;
export const DISPLAY_FILTER_NAMES = ["monitor", "diagnostic"] as const satisfies readonly DisplayFilterName[];

/** A low-pass nearer than that to half the sampling rate changes nothing that a signal of that rate has. */
const LEAST_RATE_PER_HIGH = 2.2;

/** What a filter lets pass of a signal, −3 dB. */
export interface DisplayBand {
  readonly lowHz: number;
  readonly highHz: number;
  /** False where the sampling rate carries less than the filter would let pass. */
  readonly isWhole: boolean;
}

export function displayBand(name: DisplayFilterName, rateHz: number): DisplayBand {
  const { lowHz, highHz } = DISPLAY_FILTERS[name];
  const isWhole = rateHz >= LEAST_RATE_PER_HIGH * highHz;
  return { lowHz, highHz: isWhole ? highHz : rateHz / 2, isWhole };
}

/** Takes baseline wander and fast noise from one lead, sample by sample, for the eye only. */
export class DisplayFilter {
  private readonly filter: Filter;
  private running = false;

  constructor(rateHz: number, name: DisplayFilterName = "monitor") {
    const { lowHz, highHz, isWhole } = displayBand(name, rateHz);
    this.filter = new Filter(isWhole ? bandPass(2, lowHz, highHz, rateHz) : highPass(2, lowHz, rateHz));
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
