import { type Frame, leadToMillivolts } from "../../contracts/frame.ts";
import type { Stretch } from "../../contracts/provenance.ts";
import { MAX_BLOCK } from "../../signal/block.ts";
import { CHAIN_RATE_HZ } from "../../signal/events.ts";
import { Filter } from "../../signal/filters.ts";
import { MORPHOLOGY_BAND } from "../../signal/morphology-band.ts";
import { Resampler } from "../../signal/resample.ts";

/** What is shown around an R peak, seconds. */
const BEFORE_SECONDS = 2;
const BEHIND_SECONDS = 2;

/** A lead from its first frame to its last, mV, NaN where no sample is. */
export interface LeadSignal {
  readonly samplingRateHz: number;
  /** Index of the first value within the epoch. */
  readonly firstSample: number;
  readonly millivolts: Float32Array;
}

/** The lead of that name over frames of one epoch, in any order; null where none has it. */
export function leadSignal(frames: readonly Frame[], name: string): LeadSignal | null {
  const own = frames.filter(({ leads }) => leads.some((lead) => lead.name === name));
  if (own.length === 0) return null;
  const firstSample = Math.min(...own.map((frame) => frame.firstSample));
  const end = Math.max(...own.map((frame) => frame.firstSample + frame.leads[0].samples.length));
  const millivolts = new Float32Array(end - firstSample).fill(Number.NaN);
  for (const frame of own) {
    const lead = frame.leads.find((one) => one.name === name);
    if (lead) leadToMillivolts(lead, millivolts.subarray(frame.firstSample - firstSample));
  }
  return { samplingRateHz: own[0].samplingRateHz, firstSample, millivolts };
}

/** The samples around the R peak, as they came. */
export function rawAround({ samplingRateHz, firstSample, millivolts }: LeadSignal, rSample: number): Stretch {
  return cut(millivolts, samplingRateHz, rSample - firstSample);
}

/** The same as the chain hears them: at 125 Hz, 0.5–35 Hz, filtered forwards from the first sample there is. */
export function filteredAround({ samplingRateHz, firstSample, millivolts }: LeadSignal, rSample: number): Stretch {
  const resampler = new Resampler(samplingRateHz);
  const filter = new Filter(MORPHOLOGY_BAND);
  const [raw, band] = [new Float64Array(MAX_BLOCK), new Float64Array(MAX_BLOCK)];
  const heard = held(millivolts);
  const filtered = new Float32Array(Math.ceil(heard.length / resampler.ratio) + 1).fill(Number.NaN);
  for (let at = 0; at < heard.length; at += resampler.room) {
    resampler.feed(heard, at, Math.min(heard.length, at + resampler.room));
    for (;;) {
      const first = resampler.nextOutput;
      const count = resampler.read(raw, MAX_BLOCK);
      if (count === 0) break;
      filter.run(raw, band, count);
      filtered.set(band.subarray(0, Math.min(count, filtered.length - first)), first);
    }
  }
  for (let i = 0; i < filtered.length; i++) {
    const from = Math.min(millivolts.length - 1, Math.round(i * resampler.ratio));
    if (Number.isNaN(millivolts[from])) filtered[i] = Number.NaN;
  }
  return cut(filtered, CHAIN_RATE_HZ, Math.round((rSample - firstSample) / resampler.ratio));
}

function cut(values: Float32Array, samplingRateHz: number, r: number): Stretch {
  const from = Math.max(0, Math.round(r - BEFORE_SECONDS * samplingRateHz));
  const to = Math.min(values.length, Math.round(r + BEHIND_SECONDS * samplingRateHz));
  const millivolts = [...values.subarray(from, to)].map((value) => (Number.isNaN(value) ? null : round(value)));
  return { samplingRateHz, firstMs: ((from - r) / samplingRateHz) * 1000, millivolts };
}

/** Tenths of a microvolt. */
const round = (millivolts: number): number => Math.round(millivolts * 1e4) / 1e4;

/** What is missing keeps the value before it. */
function held(values: Float32Array): Float32Array {
  const copy = Float32Array.from(values);
  let last = copy.find((value) => !Number.isNaN(value)) ?? 0;
  for (let i = 0; i < copy.length; i++) {
    if (Number.isNaN(copy[i])) copy[i] = last;
    else last = copy[i];
  }
  return copy;
}
