import type { BeatClass } from "../../../contracts/beat.ts";
import type { Range } from "../drawing/fit.ts";
import type { Samples } from "../drawing/decimate.ts";
import type { BedTrace } from "../samples/bed-trace.ts";
import { DisplayFilter, type DisplayFilterName } from "../samples/display-filter.ts";
import type { OffStretch } from "../samples/lead-trace.ts";
import { RecentRange } from "../samples/recent-range.ts";
import type { MarkedBeat } from "../samples/told.ts";

/** One lead as it is shown, mV; NaN where missing or off. Addressed by the trace's positions. */
export interface FrozenLead {
  readonly name: string;
  /** The first position that is kept. */
  readonly begin: number;
  readonly samples: Samples;
  readonly range: Range;
  readonly off: readonly Readonly<OffStretch>[];
}

/** A beat on a frozen trace. */
export interface FrozenBeat {
  readonly id: string;
  /** Where its letter stands. */
  readonly position: number;
  /** Its R peak, by which intervals go. */
  readonly peak: number;
  readonly beatClass: BeatClass;
}

/** What a bed's trace has kept, all leads up to one common moment, whatever comes later. */
export class FrozenSignal {
  readonly rateHz: number;
  /** Positions [begin, end) of the trace. */
  readonly begin: number;
  readonly end: number;
  readonly leads: readonly string[];
  private readonly raw: readonly Float32Array[];
  private readonly off: readonly (readonly OffStretch[])[];
  private readonly shown: { key: string; lead: FrozenLead }[] = [];

  constructor(private readonly trace: BedTrace) {
    const { begin, end } = trace.leads[0].received;
    this.rateHz = trace.rateHz;
    this.begin = begin;
    this.end = end;
    this.leads = trace.leads.map(({ name }) => name);
    this.raw = trace.leads.map(({ received }) =>
      Float32Array.from({ length: end - begin }, (_, at) => received.at(begin + at)),
    );
    this.off = trace.leads.map(({ off }) => off.map((stretch) => ({ ...stretch })));
  }

  /** A lead by that filter. */
  lead(index: number, filter: DisplayFilterName): FrozenLead {
    const off = this.offOf(index);
    const key = `${filter} ${JSON.stringify(off)}`;
    const known = this.shown[index];
    if (known?.key === key) return known.lead;
    const lead = this.filtered(index, filter, off);
    this.shown[index] = { key, lead };
    return lead;
  }

  /** Those of the beats that lie in it; their classes may come when it has been frozen already. */
  beats(beats: readonly (MarkedBeat & { readonly id: string })[]): FrozenBeat[] {
    return beats.flatMap(({ id, epoch, sample, fiducialSample, beatClass }) => {
      const peak = this.trace.positionOf(epoch, sample);
      if (peak === null || peak < this.begin || peak >= this.end) return [];
      return [{ id, peak, position: peak + (fiducialSample ?? sample) - sample, beatClass }];
    });
  }

  /** That a lead had come off is known a moment later. */
  private offOf(index: number): readonly OffStretch[] {
    const heard = this.trace.leads[index].off.filter(({ from }) => from < this.end);
    const forgotten = this.off[index].filter(({ from }) => !heard.some((one) => one.from === from));
    return [...forgotten, ...heard];
  }

  private filtered(index: number, name: DisplayFilterName, off: readonly OffStretch[]): FrozenLead {
    const filter = new DisplayFilter(this.rateHz, name);
    const recent = new RecentRange(this.rateHz);
    const values = this.raw[index].map((millivolts, at) => {
      const value = filter.push(millivolts);
      const position = this.begin + at;
      return off.some(({ from, to }) => position >= from && position < to) ? Number.NaN : value;
    });
    for (const value of values) recent.push(value);
    const at = (position: number): number => values[position - this.begin] ?? Number.NaN;
    return { name: this.leads[index], begin: this.begin, samples: { at }, range: recent.extremes, off };
  }
}
