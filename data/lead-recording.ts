import { type FrameLead, leadToMillivolts } from "../contracts/frame.ts";
import { ecgLeads, monitoredLead } from "../signal/leads.ts";
import type { KnownDatabase } from "./identity/identity.ts";
import { readKnownRecord } from "./identity/read-known.ts";
import { parseRecordName } from "./record-name.ts";
import { databaseFolder } from "./records.ts";
import { annotationsOf } from "./wfdb/annotations.ts";
import type { WfdbRecord } from "./wfdb/record.ts";

/** One lead of a record, with the annotators' word. */
export interface LeadRecording {
  /** `database/record`. */
  readonly name: string;
  /** As the record calls it. */
  readonly lead: string;
  readonly samplingRateHz: number;
  /** NaN where a sample is missing. */
  readonly millivolts: Float32Array;
  readonly annotations: readonly { readonly sample: number; readonly symbol: string }[];
}

/** The monitored lead of MIT-BIH's record `record` under `dir`. Throws as `readLeadRecordings`. */
export async function readLeadRecording(dir: string, record: string): Promise<LeadRecording> {
  const [monitored] = await readLeadRecordings(dir, `mitdb/${record}`);
  return monitored;
}

/**
 * The leads of the record `name` (`database/record`) under `dir` (PhysioNet's layout), the monitored one first; what is no voltage of the ECG
 * is left out. They are known by their samples. Throws UNKNOWN_RECORD, BAD_RECORD, or BAD_ARGUMENT for another kind of name.
 */
export async function readLeadRecordings(dir: string, name: string): Promise<LeadRecording[]> {
  const { database, record: own } = parseRecordName(name);
  const record = await readKnownRecord(dir, database as KnownDatabase, own);
  const annotations = await annotationsOf(record, databaseFolder(dir, database));
  monitoredLead(record);
  return ecgLeads(record.leads).map((index) => ({ ...voltageOf(record, record.leads[index]), name, annotations }));
}

function voltageOf(
  { samplingRateHz }: WfdbRecord,
  lead: FrameLead,
): Pick<LeadRecording, "lead" | "samplingRateHz" | "millivolts"> {
  const millivolts = new Float32Array(lead.samples.length);
  leadToMillivolts(lead, millivolts);
  return { lead: lead.name, samplingRateHz, millivolts };
}
