import { MISSING_ADU } from "../../contracts/frame.ts";
import type { StripLead } from "../source/ecg-source.ts";
import { DisplayFilter } from "../trace/samples/display-filter.ts";

/** A lead's samples as they came, mV, by their place in the strip; NaN where missing, and beyond it. */
export const receivedOf = ({ adu, gainAduPerMv, baselineAdu }: StripLead) => ({
  at: (position: number): number => {
    const value = adu[position] ?? MISSING_ADU;
    return value === MISSING_ADU ? Number.NaN : (value - baselineAdu) / gainAduPerMv;
  },
});

/** A lead's samples as traces show them, mV; NaN where missing. */
export function leadMillivolts(lead: StripLead, samplingRateHz: number): Float32Array {
  const filter = new DisplayFilter(samplingRateHz);
  const received = receivedOf(lead);
  return Float32Array.from(lead.adu, (_, position) => filter.push(received.at(position)));
}
