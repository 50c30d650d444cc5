import { EncodedLead, type FrameLead, MISSING_ADU } from "./frame-shape.ts";

export { type Frame, frameEnd, FRAME_LIMITS, type FrameLead, MISSING_ADU, sampleCount } from "./frame-shape.ts";
export { decodeFrame } from "./frame-reader.ts";
export { encodeFrame } from "./frame-writer.ts";

/** Samples in mV, NaN where missing, into `out` (length ≥ the lead's). Returns the count. */
export function leadToMillivolts(lead: FrameLead, out: Float32Array): number {
  const { baselineAdu, gainAduPerMv } = lead;
  if (lead instanceof EncodedLead) {
    const count = lead.sampleCount;
    for (let i = 0; i < count; i++) out[i] = millivolts(lead.adu(i), baselineAdu, gainAduPerMv);
    return count;
  }
  const { samples } = lead;
  for (let i = 0; i < samples.length; i++) out[i] = millivolts(samples[i], baselineAdu, gainAduPerMv);
  return samples.length;
}

const millivolts = (adu: number, baselineAdu: number, gainAduPerMv: number): number =>
  adu === MISSING_ADU ? Number.NaN : (adu - baselineAdu) / gainAduPerMv;
