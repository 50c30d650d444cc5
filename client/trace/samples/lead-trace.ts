import { DisplayFilter, type DisplayFilterName } from "./display-filter.ts";
import { RecentRange } from "./recent-range.ts";
import { SampleRing } from "./sample-ring.ts";

/** Positions [from, to) in which the lead was off; `to` is infinite while it is. */
export interface OffStretch {
  from: number;
  to: number;
}

/** A condition begins with a whole second: so far before it the electrode may have come off, seconds. */
const REACH_BACK_S = 1.5;
/** A lead that is off gives what it gave when it came off, within so many mV. */
const FLAT_MV = 0.02;

/** One lead's samples on their way to the screen, and where it was off: there nothing is shown. */
export class LeadTrace {
  /** As received, mV. */
  readonly received: SampleRing;
  /** Filtered for the eye, up to the head; NaN where missing or off. */
  readonly shown: SampleRing;
  /** In the order of time; the last one may be open. */
  readonly off: OffStretch[] = [];
  /** Of what was shown last. */
  range: RecentRange;
  /** Counts how often what had been shown was taken back. */
  revision = 0;
  /** Its samples are sent; of one whose are not, nothing is kept. */
  private isSent = true;
  /** Nothing is shown until its first samples have come. */
  private isEmpty = true;
  private filter: DisplayFilter;

  /** `capacity`: samples that are kept. */
  constructor(
    readonly name: string,
    private readonly rateHz: number,
    capacity: number,
  ) {
    this.received = new SampleRing(capacity);
    this.shown = new SampleRing(capacity);
    this.range = new RecentRange(rateHz);
    this.filter = new DisplayFilter(rateHz);
  }

  /** There is nothing to show: nobody has asked for it, or it has not come yet. */
  get isWaiting(): boolean {
    return !this.isSent || this.isEmpty;
  }

  /** Whether its samples are sent from here on. Begins empty where they were not before. */
  send(isSent: boolean): void {
    if (isSent === this.isSent) return;
    this.isSent = isSent;
    if (!this.isEmpty) this.received.restartAt(this.received.end);
    this.isEmpty = true;
  }

  /** Takes samples, unless the lead's are not sent. */
  write(position: number, samples: Float32Array): void {
    if (!this.isSent) return;
    if (this.isEmpty) {
      this.isEmpty = false;
      if (this.shown.end > this.shown.begin) this.revision++;
      this.received.restartAt(position);
      this.shown.restartAt(position);
      this.filter.push(Number.NaN);
    }
    this.received.write(position, samples);
  }

  /** Shows the samples before `head`, as far as they have come. */
  advance(head: number): void {
    if (this.isWaiting) return;
    const { received, shown, range, filter } = this;
    if (shown.end < received.begin) {
      shown.restartAt(received.begin);
      filter.push(Number.NaN);
    }
    for (let position = shown.end; position < Math.min(head, received.end); position++) {
      // Filtered all the same, so that its swing is over when the lead is on again.
      const filtered = filter.push(received.at(position));
      const value = this.isOff(position) ? Number.NaN : filtered;
      shown.push(value);
      range.push(value);
    }
  }

  /** Shows all that is kept by that filter. */
  showBy(filter: DisplayFilterName): void {
    const { end } = this.shown;
    this.filter = new DisplayFilter(this.rateHz, filter);
    this.range = new RecentRange(this.rateHz);
    this.shown.restartAt(Math.min(end, this.received.begin));
    this.advance(end);
    this.revision++;
  }

  /** It is off from `position` on, or from a little before, where it was flat already; nothing where that is known. */
  beginOff(position: number): void {
    const last = this.off.at(-1);
    if (last && position >= last.from && last.to === Number.POSITIVE_INFINITY) return;
    const from = flatSince(this.received, position, this.rateHz);
    if (last?.to === Number.POSITIVE_INFINITY) last.from = from;
    else this.off.push({ from: Math.max(from, last?.to ?? from), to: Number.POSITIVE_INFINITY });
    while (this.off[0].to <= this.received.begin) this.off.shift();
    const begin = this.off[this.off.length - 1].from;
    if (begin >= this.shown.end) return;
    this.shown.blankFrom(begin);
    this.revision++;
  }

  /** It is on from `position` on, or from the head, which has taken it for off; nothing where it is on. */
  endOff(position: number): void {
    const last = this.off.at(-1);
    if (last?.to === Number.POSITIVE_INFINITY) last.to = Math.max(position, this.shown.end, last.from);
  }

  private isOff(position: number): boolean {
    for (let i = this.off.length - 1; i >= 0; i--) {
      if (position >= this.off[i].from) return position < this.off[i].to;
    }
    return false;
  }
}

/** From where on a lead is flat that is known to be off at `position`: no more than REACH_BACK_S before it. */
export function flatSince(samples: { at(position: number): number }, position: number, rateHz: number): number {
  const level = samples.at(position);
  let from = position;
  const oldest = position - REACH_BACK_S * rateHz;
  while (from > oldest && Math.abs(samples.at(from - 1) - level) < FLAT_MV) from--;
  return from;
}
