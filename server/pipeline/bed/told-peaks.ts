import type { StateReader, Stateful, StateWriter } from "../../../signal/state.ts";
import { loadNullable, saveNullable } from "./bed-event.ts";

/** Two leads' R peaks within this are one: as a beat is scored (EC57). */
export const SAME_SECONDS = 0.15;
/** What is older is not asked for any more: longer than an R peak may be told late, or a beat follow its QRS. */
const KEPT_SECONDS = 12;

interface ToldPeak {
  readonly sample: number;
  readonly lead: number;
  /** Since the R peak before, of whichever lead; null for the first, and after a gap. */
  readonly rrMs: number | null;
  readonly foundLate: boolean;
  /** Its beat has been told, too. */
  readonly done: boolean;
}

/** The R peaks of a bed that were told of late, by the lead that told each. */
export class ToldPeaks implements Stateful {
  /** By sample. */
  private peaks: ToldPeak[] = [];
  /** R peaks before this sample are no neighbours: a gap is between. */
  private since = 0;

  constructor(private readonly rateHz: number) {}

  /** The last of them; −1 where there is none. */
  get last(): number {
    return this.peaks.at(-1)?.sample ?? -1;
  }

  /** The peak as it is to be told; null where another lead has told it. */
  add(sample: number, lead: number, foundLate: boolean): ToldPeak | null {
    const { peaks, rateHz } = this;
    const near = SAME_SECONDS * rateHz;
    let place = peaks.length;
    while (place > 0 && peaks[place - 1].sample > sample) place--;
    const isTold = (peak: ToldPeak | undefined): boolean =>
      peak !== undefined && peak.lead !== lead && Math.abs(peak.sample - sample) <= near;
    if (isTold(peaks[place - 1]) || isTold(peaks[place])) return null;
    const before = peaks[place - 1];
    const isNeighbour = before !== undefined && before.sample >= this.since;
    const rrMs = isNeighbour ? ((sample - before.sample) / rateHz) * 1000 : null;
    const peak = { sample, lead, rrMs, foundLate, done: false };
    peaks.splice(place, 0, peak);
    while (peaks[peaks.length - 1].sample - peaks[0].sample > KEPT_SECONDS * rateHz) peaks.shift();
    return peak;
  }

  /** Those behind `from`, up to `to`. */
  between(from: number, to: number): number[] {
    return this.peaks.flatMap(({ sample }) => (sample > from && sample <= to ? [sample] : []));
  }

  /** The peak whose beat this is, once; null where that lead has not told it. */
  takeBeat(sample: number, lead: number): ToldPeak | null {
    const place = this.peaks.findLastIndex((peak) => peak.sample === sample && peak.lead === lead && !peak.done);
    if (place < 0) return null;
    const peak = this.peaks[place];
    this.peaks[place] = { ...peak, done: true };
    return peak;
  }

  /** A gap: what comes has no neighbour before it. */
  interrupt(): void {
    this.since = this.last + 1;
  }

  save(to: StateWriter): void {
    to.number(this.since);
    to.number(this.peaks.length);
    for (const { sample, lead, rrMs, foundLate, done } of this.peaks) {
      to.number(sample);
      to.number(lead);
      saveNullable(rrMs, to);
      to.flag(foundLate);
      to.flag(done);
    }
  }

  load(from: StateReader): void {
    this.since = from.number();
    this.peaks = Array.from({ length: from.number() }, () => ({
      sample: from.number(),
      lead: from.number(),
      rrMs: loadNullable(from),
      foundLate: from.flag(),
      done: from.flag(),
    }));
  }
}
