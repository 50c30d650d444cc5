import { type Frame, leadToMillivolts } from "../../../contracts/frame.ts";
import { pickLead } from "../../../signal/leads.ts";
import type { Samples } from "../../trace/drawing/decimate.ts";
import { DisplayFilter } from "../../trace/samples/display-filter.ts";

export const MINUTE_MS = 60_000;
export const ROWS = 60;

/** An hour of one lead, cut into its minutes. Frames come in order; of what comes twice the last counts. */
export class MinuteRows {
  /** Of the lead that is shown; "" before the first frame. */
  lead = "";
  rateHz = 0;
  private readonly rows: (Float32Array | null)[] = Array.from({ length: ROWS }, () => null);
  private filter: DisplayFilter | null = null;
  private goesOnAtMs = Number.NaN;
  private scratch = new Float32Array(0);

  /** `beginMs`: where the hour begins, Unix ms of event time. */
  constructor(readonly beginMs: number) {}

  /** The samples of a minute; null where none are kept. */
  row(index: number): (Samples & { readonly length: number }) | null {
    const values = this.rows[index];
    return values && { length: values.length, at: (position) => values[position] };
  }

  /** Takes a frame; false where it has no lead that is shown, or another rate. */
  add({ samplingRateHz, leads, epochStartMs, firstSample }: Frame): boolean {
    if (this.rateHz === 0) {
      this.rateHz = samplingRateHz;
      this.lead = leads[pickLead(leads) ?? 0].name;
    }
    const lead = leads.find(({ name }) => name === this.lead);
    if (!lead || samplingRateHz !== this.rateHz) return false;
    const fromMs = epochStartMs + (firstSample / samplingRateHz) * 1000;
    const sampleMs = 1000 / samplingRateHz;
    if (!this.filter || Math.abs(fromMs - this.goesOnAtMs) > sampleMs) this.filter = new DisplayFilter(samplingRateHz);
    const count = lead.samples.length;
    if (this.scratch.length < count) this.scratch = new Float32Array(count);
    leadToMillivolts(lead, this.scratch);
    for (let i = 0; i < count; i++) this.put(fromMs + i * sampleMs, this.filter.push(this.scratch[i]));
    this.goesOnAtMs = fromMs + count * sampleMs;
    return true;
  }

  private put(atMs: number, millivolts: number): void {
    const index = Math.floor((atMs - this.beginMs) / MINUTE_MS);
    if (index < 0 || index >= ROWS) return;
    const length = Math.ceil((MINUTE_MS / 1000) * this.rateHz);
    const row = (this.rows[index] ??= new Float32Array(length).fill(Number.NaN));
    row[Math.min(length - 1, Math.round((((atMs - this.beginMs) % MINUTE_MS) / 1000) * this.rateHz))] = millivolts;
  }
}
