import path from "node:path";
import { challengeAlarms } from "../../../data/challenge/alarms.ts";
import { leadToMillivolts } from "../../../contracts/frame.ts";
import { readLeadRecordings } from "../../../data/lead-recording.ts";
import { databaseFolder } from "../../../data/records.ts";
import { halfOf } from "../../../data/splits/halves.ts";
import { DS1 } from "../../../data/splits/mitdb.ts";
import { annotationsOf } from "../../../data/wfdb/annotations.ts";
import { listRecords } from "../../../data/wfdb/names.ts";
import { readRecord, type WfdbRecord } from "../../../data/wfdb/record.ts";
import { ecgLeads } from "../../../signal/leads.ts";
import { FIBRILLATION_FEATURES } from "../../../signal/waveform/fibrillation-features.ts";
import { readTrainingNoise, withRecordedNoise } from "../../augmentation/recorded-noise.ts";
import { describedSeconds } from "./described-seconds.ts";
import { alarmedSeconds, annotatedSeconds, type LabelSeconds } from "./labels.ts";

/** What seconds are drawn from, by how they are weighed. */
export type Source = "cudb" | "vfdb" | "mitdb" | "mitdb-in-noise" | "noise" | "challenge-2015";

/** A patient's seconds from one source. `features`: [labels.length, FIBRILLATION_FEATURES.length]. */
export interface PatientSeconds {
  readonly patient: string;
  readonly source: Source;
  readonly features: readonly number[];
  /** 1 fibrillation, flutter or rapid tachycardia, 0 none. */
  readonly labels: readonly number[];
}

/** Slower by its spectrum, tachycardia is not learned from: 150 per minute. */
const RAPID_HZ = 2.5;
/** Of the many seconds without fibrillation of these sources each so many'th is taken. */
const STRIDE: Readonly<Record<Source, number>> = {
  cudb: 1,
  vfdb: 1,
  mitdb: 3,
  "mitdb-in-noise": 3,
  noise: 1,
  "challenge-2015": 3,
};
const NOISE_DB = { lowest: -6, highest: 18 } as const;
const PEAK = FIBRILLATION_FEATURES.indexOf("peakHz");

interface Lead {
  readonly samplingRateHz: number;
  readonly millivolts: Float32Array;
}

/**
 * All that is learned from under `dir` (PhysioNet's layout): the development halves of cudb, vfdb and challenge-2015, DS1, DS1 in noise, and
 * noise alone (NSTDB's first halves). Throws UNKNOWN_RECORD, BAD_RECORD.
 */
export async function* patientSeconds(dir: string, seed: number): AsyncGenerator<PatientSeconds> {
  for (const database of ["cudb", "vfdb"] as const) {
    const folder = databaseFolder(dir, database);
    for (const name of await listRecords(folder)) {
      if (halfOf(database, name) === "report") continue;
      const record = await readRecord(folder, name);
      const labels = annotatedSeconds(await annotationsOf(record, folder), record.samplingRateHz);
      yield seconds(`${database}/${name}`, database, leadsOf(record), labels);
    }
  }
  const noise = await readTrainingNoise(dir);
  for (const name of DS1) {
    const folder = databaseFolder(dir, "mitdb");
    const leads = await readLeadRecordings(dir, `mitdb/${name}`);
    const labels = annotatedSeconds(
      await annotationsOf(await readRecord(folder, name), folder),
      leads[0].samplingRateHz,
    );
    yield seconds(`mitdb/${name}`, "mitdb", leads, labels);
    yield seconds(`mitdb/${name}`, "mitdb-in-noise", [withRecordedNoise(leads[0], noise, seed, NOISE_DB)], labels);
  }
  for (const [index, record] of noise.entries()) yield seconds(`noise/${index}`, "noise", [record], () => "other");
  const folder = path.join(databaseFolder(dir, "challenge-2015"), "training");
  for (const alarm of (await challengeAlarms(folder)) ?? []) {
    if (halfOf("challenge-2015", alarm.record) === "report") continue;
    const record = await readRecord(folder, alarm.record);
    yield seconds(`challenge-2015/${alarm.record}`, "challenge-2015", leadsOf(record), alarmedSeconds(alarm));
  }
}

function leadsOf(record: WfdbRecord): Lead[] {
  return ecgLeads(record.leads).map((index) => {
    const lead = record.leads[index];
    const millivolts = new Float32Array(lead.samples.length);
    leadToMillivolts(lead, millivolts);
    return { samplingRateHz: record.samplingRateHz, millivolts };
  });
}

function seconds(patient: string, source: Source, leads: readonly Lead[], label: LabelSeconds): PatientSeconds {
  const features: number[] = [];
  const labels: number[] = [];
  for (const { millivolts, samplingRateHz } of leads) {
    describedSeconds(millivolts, samplingRateHz, (endS, described) => {
      const said = label(endS);
      const rapid = said === "tachycardia" && source === "vfdb" && described[PEAK] >= Math.log(RAPID_HZ);
      const positive = said === "fibrillation" || rapid;
      if (!positive && (said !== "other" || endS % STRIDE[source] !== 0)) return;
      labels.push(Number(positive));
      features.push(...described);
    });
  }
  return { patient, source, features, labels };
}
