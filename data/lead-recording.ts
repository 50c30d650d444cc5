import { leadToMillivolts } from "../contracts/frame.ts";
import { monitoredLead } from "../signal/leads.ts";
import { readKnownRecord } from "./identity/read-known.ts";
import { mitdbFolder } from "./records.ts";
import { annotationsOf } from "./wfdb/annotations.ts";

/** One lead of a record, with the annotators' word. */
export interface LeadRecording {
  readonly name: string;
  readonly samplingRateHz: number;
  /** NaN where a sample is missing. */
  readonly millivolts: Float32Array;
  readonly annotations: readonly { readonly sample: number; readonly symbol: string }[];
}

/** The monitored lead of MIT-BIH's record `name` under `dir` (PhysioNet's layout). Throws UNKNOWN_RECORD or BAD_RECORD. */
export async function readLeadRecording(dir: string, name: string): Promise<LeadRecording> {
  const folder = mitdbFolder(dir);
  const record = await readKnownRecord(dir, "mitdb", name);
  const lead = record.leads[monitoredLead(record)];
  const millivolts = new Float32Array(lead.samples.length);
  leadToMillivolts(lead, millivolts);
  return { name, samplingRateHz: record.samplingRateHz, millivolts, annotations: await annotationsOf(record, folder) };
}
