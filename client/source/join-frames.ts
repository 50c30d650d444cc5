import { decodeFrame, type Frame, frameEnd, MISSING_ADU, sampleCount } from "../../contracts/frame.ts";
import { isHeardAs } from "../../contracts/epoch.ts";
import { splitFrames } from "../../contracts/frame-stream.ts";
import type { Strip, StripLead } from "./ecg-source.ts";

type Joined = Pick<Strip, "samplingRateHz" | "firstSample" | "beginMs" | "leads">;

/** More than this is no strip, but a fault. */
const MAX_SAMPLES = 2_000_000;

/** Lays an epoch's frames of a length-delimited stream behind one another; null where there are none. Throws BAD_FRAME. */
export function joinFrames(bytes: Uint8Array, epoch: string): Joined | null {
  const frames = [...splitFrames(bytes)].map(decodeFrame).filter((frame) => isHeardAs(frame.epoch, epoch));
  const [first] = frames;
  if (!first) return null;
  const { samplingRateHz, epochStartMs } = first;
  const alike = frames.filter((frame) => fits(first, frame));
  const firstSample = Math.min(...alike.map((frame) => frame.firstSample));
  const length = Math.min(MAX_SAMPLES, Math.max(...alike.map(frameEnd)) - firstSample);
  const leads = first.leads.map(({ name, gainAduPerMv, baselineAdu }): StripLead => ({
    name,
    gainAduPerMv,
    baselineAdu,
    adu: new Int16Array(length).fill(MISSING_ADU),
  }));
  for (const frame of alike) {
    const at = frame.firstSample - firstSample;
    if (at + sampleCount(frame) > length) continue;
    for (const [i, { samples }] of frame.leads.entries()) leads[i].adu.set(samples, at);
  }
  return { samplingRateHz, firstSample, beginMs: epochStartMs + (firstSample / samplingRateHz) * 1000, leads };
}

const fits = (a: Frame, b: Frame): boolean =>
  a.epochStartMs === b.epochStartMs &&
  a.samplingRateHz === b.samplingRateHz &&
  a.leads.length === b.leads.length &&
  a.leads.every(({ name, gainAduPerMv, baselineAdu }, i) => {
    const other = b.leads[i];
    return name === other.name && gainAduPerMv === other.gainAduPerMv && baselineAdu === other.baselineAdu;
  });
