import { type Frame, leadToMillivolts } from "../../../contracts/frame.ts";
import { pickLead } from "../../../signal/leads.ts";
import type { Samples } from "../../trace/drawing/decimate.ts";
import { DisplayFilter } from "../../trace/samples/display-filter.ts";

export const MINUTE_MS = 60_000;
export const ROWS = 60;

/** An epoch's signal on its way through the filter. */
interface Stream {
  readonly epoch: string;
  readonly startMs: number;
  filter: DisplayFilter;
  goesOnAtMs: number;
}

interface Row {
  readonly values: Float32Array;
  /** Of each sample, which epoch it is of, by its place in `streams`; -1: none. */
  readonly owners: Int16Array;
}

/**
 * An hour of one lead, cut into its minutes. An epoch's frames come in order; of what comes twice the last counts. Where epochs overlap, as those of a
 * replay that runs faster than the clock do, the one that began last is shown alone.
 */
export class MinuteRows {
  /** Of the lead that is shown; "" before the first frame. */
  lead = "";
  rateHz = 0;
  /** Something of an epoch is not shown, because another one lies over it. */
  hasOverlap = false;
  /** From the first sample of the hour to the last, Unix ms; null where there is none. */
  extent: { readonly fromMs: number; readonly toMs: number } | null = null;
  /** Where the lead that is shown was off, Unix ms: what lies there is no ECG. */
  off: readonly { readonly fromMs: number; readonly toMs: number }[] = [];
  private readonly rows: (Row | null)[] = Array.from({ length: ROWS }, () => null);
  private readonly streams: Stream[] = [];
  private scratch = new Float32Array(0);

  /** `beginMs`: where the hour begins, Unix ms of event time. */
  constructor(readonly beginMs: number) {}

  /** The samples of a minute; null where none are kept. */
  row(index: number): (Samples & { readonly length: number }) | null {
    const values = this.rows[index]?.values;
    return values ? { length: values.length, at: (position) => values[position] } : null;
  }

  /** The epoch that is shown at a time, or was a moment before it, Unix ms; null where none is. */
  epochAt(atMs: number): string | null {
    const owners = this.rows[Math.floor((atMs - this.beginMs) / MINUTE_MS)]?.owners;
    if (!owners) return null;
    for (let at = this.placeOf(atMs, owners.length), left = this.rateHz; at >= 0 && left > 0; at--, left--) {
      if (owners[at] >= 0) return this.streams[owners[at]].epoch;
    }
    return null;
  }

  /** Takes a frame; false where it has no lead that is shown, or another rate. */
  add(frame: Frame): boolean {
    const { samplingRateHz, leads, epochStartMs, firstSample } = frame;
    if (this.rateHz === 0) {
      this.rateHz = samplingRateHz;
      this.lead = leads[pickLead(leads) ?? 0].name;
    }
    const lead = leads.find(({ name }) => name === this.lead);
    if (!lead || samplingRateHz !== this.rateHz) return false;
    const fromMs = epochStartMs + (firstSample / samplingRateHz) * 1000;
    const sampleMs = 1000 / samplingRateHz;
    const owner = this.streamOf(frame);
    const stream = this.streams[owner];
    if (!(Math.abs(fromMs - stream.goesOnAtMs) <= sampleMs)) stream.filter = new DisplayFilter(samplingRateHz);
    const count = lead.samples.length;
    if (this.scratch.length < count) this.scratch = new Float32Array(count);
    leadToMillivolts(lead, this.scratch);
    for (let i = 0; i < count; i++) this.put(fromMs + i * sampleMs, stream.filter.push(this.scratch[i]), owner);
    stream.goesOnAtMs = fromMs + count * sampleMs;
    this.extend(fromMs, stream.goesOnAtMs);
    return true;
  }

  private extend(fromMs: number, toMs: number): void {
    const { beginMs, extent } = this;
    const from = Math.max(fromMs, beginMs);
    const to = Math.min(toMs, beginMs + ROWS * MINUTE_MS);
    if (from >= to) return;
    this.extent = { fromMs: Math.min(from, extent?.fromMs ?? from), toMs: Math.max(to, extent?.toMs ?? to) };
  }

  private streamOf({ epoch, epochStartMs, samplingRateHz }: Frame): number {
    const known = this.streams.findIndex((one) => one.epoch === epoch);
    if (known >= 0) return known;
    const filter = new DisplayFilter(samplingRateHz);
    return this.streams.push({ epoch, startMs: epochStartMs, filter, goesOnAtMs: Number.NaN }) - 1;
  }

  private placeOf(atMs: number, length: number): number {
    return Math.min(length - 1, Math.round((((atMs - this.beginMs) % MINUTE_MS) / 1000) * this.rateHz));
  }

  private put(atMs: number, millivolts: number, owner: number): void {
    const index = Math.floor((atMs - this.beginMs) / MINUTE_MS);
    if (index < 0 || index >= ROWS) return;
    const length = Math.ceil((MINUTE_MS / 1000) * this.rateHz);
    const row = (this.rows[index] ??= {
      values: new Float32Array(length).fill(Number.NaN),
      owners: new Int16Array(length).fill(-1),
    });
    const at = this.placeOf(atMs, length);
    const before = row.owners[at];
    if (before >= 0 && before !== owner) {
      this.hasOverlap = true;
      if (this.streams[before].startMs > this.streams[owner].startMs) return;
    }
    row.values[at] = millivolts;
    row.owners[at] = owner;
  }
}
