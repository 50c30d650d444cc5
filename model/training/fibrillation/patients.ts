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
import { createRandom } from "../../../kit/random.ts";
import { FIBRILLATION_FEATURES } from "../../../signal/waveform/fibrillation-features.ts";
import { readTrainingNoise } from "../../augmentation/recorded-noise.ts";
import { altered, type Lead } from "./altered.ts";
import { describedSeconds } from "./described-seconds.ts";
import { alarmedSeconds, annotatedSeconds, type LabelSeconds } from "./labels.ts";

/** What seconds are drawn from, by how they are weighed. */
export type Source = "cudb" | "vfdb" | "mitdb" | "noise" | "challenge-2015";

/** A patient's seconds from one source. `features`: [labels.length, FIBRILLATION_FEATURES.length]. */
export interface PatientSeconds {
  readonly patient: string;
  readonly source: Source;
  /** Of copies that are altered: to learn from, not to be judged by. */
  readonly isCopy: boolean;
  readonly features: readonly number[];
  /** 1 fibrillation, flutter or rapid tachycardia, 0 none. */
  readonly labels: readonly number[];
}

/**
 * VFDB's ventricular tachycardia counts as fibrillation from here on, by its spectrum: 120 per minute. Where it is wide enough for a sine
 * nothing tells its beats. Slower, nothing is learned of it.
 */
const RAPID_HZ = 2;
/** Of the many seconds without fibrillation of these sources each so many'th is taken, and so many altered copies of each lead. */
const STRIDE: Readonly<Record<Source, number>> = { cudb: 1, vfdb: 1, mitdb: 3, noise: 1, "challenge-2015": 3 };
const COPIES: Readonly<Record<Source, number>> = { cudb: 4, vfdb: 2, mitdb: 1, noise: 0, "challenge-2015": 1 };
const PEAK = FIBRILLATION_FEATURES.indexOf("peakHz");

/**
 * All that is learned from under `dir` (PhysioNet's layout): the development halves of cudb, vfdb and challenge-2015, DS1, and
 * noise alone (NSTDB's first halves), with altered copies, drawn from `seed`. Throws UNKNOWN_RECORD, BAD_RECORD.
 */
export async function* patientSeconds(dir: string, seed: number): AsyncGenerator<PatientSeconds> {
  const noise = await readTrainingNoise(dir);
  for await (const { patient, source, leads, label } of patients(dir)) {
    yield seconds(patient, source, leads, label);
    const random = createRandom(seed, `altered/${patient}`);
    for (let copy = 0; copy < COPIES[source]; copy++) {
      const copies = leads.map((lead) => altered(lead, noise, random));
      yield* copies.map((one, i) => {
        const faster = one.samplingRateHz / leads[i].samplingRateHz;
        return { ...seconds(patient, source, [one], (endS) => label(endS * faster)), isCopy: true };
      });
    }
  }
  for (const [index, record] of noise.entries()) yield seconds(`noise/${index}`, "noise", [record], () => "other");
}

interface Patient {
  readonly patient: string;
  readonly source: Source;
  readonly leads: readonly Lead[];
  readonly label: LabelSeconds;
}

async function* patients(dir: string): AsyncGenerator<Patient> {
  for (const database of ["cudb", "vfdb"] as const) {
    const folder = databaseFolder(dir, database);
    for (const name of await listRecords(folder)) {
      if (halfOf(database, name) === "report") continue;
      const record = await readRecord(folder, name);
      const label = annotatedSeconds(await annotationsOf(record, folder), record.samplingRateHz);
      yield { patient: `${database}/${name}`, source: database, leads: leadsOf(record), label };
    }
  }
  for (const name of DS1) {
    const folder = databaseFolder(dir, "mitdb");
    const leads = await readLeadRecordings(dir, `mitdb/${name}`);
    const label = annotatedSeconds(
      await annotationsOf(await readRecord(folder, name), folder),
      leads[0].samplingRateHz,
    );
    yield { patient: `mitdb/${name}`, source: "mitdb", leads, label };
  }
  const folder = path.join(databaseFolder(dir, "challenge-2015"), "training");
  for (const alarm of (await challengeAlarms(folder)) ?? []) {
    if (halfOf("challenge-2015", alarm.record) === "report") continue;
    const leads = leadsOf(await readRecord(folder, alarm.record));
    yield { patient: `challenge-2015/${alarm.record}`, source: "challenge-2015", leads, label: alarmedSeconds(alarm) };
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
  return { patient, source, isCopy: false, features, labels };
}
