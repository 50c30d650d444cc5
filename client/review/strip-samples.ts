import { MISSING_ADU } from "../../contracts/frame.ts";
import type { StripLead } from "../source/ecg-source.ts";
import { DisplayFilter } from "../trace/samples/display-filter.ts";

/** A lead's samples as traces show them, mV; NaN where missing. */
export function leadMillivolts({ adu, gainAduPerMv, baselineAdu }: StripLead, samplingRateHz: number): Float32Array {
  const filter = new DisplayFilter(samplingRateHz);
  return Float32Array.from(adu, (value) =>
    filter.push(value === MISSING_ADU ? Number.NaN : (value - baselineAdu) / gainAduPerMv),
  );
}
