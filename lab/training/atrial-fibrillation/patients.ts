import { isBeatSymbol } from "../../../data/aami.ts";
import { databaseFolder } from "../../../data/records.ts";
import { halfOf } from "../../../data/splits/halves.ts";
import { learnedRecords } from "../../../data/splits/learned.ts";
import { parseRecordName } from "../../../data/record-name.ts";
import { annotationsOf, readAnnotations } from "../../../data/wfdb/annotations.ts";
import { listRecords } from "../../../data/wfdb/names.ts";
import { readHeader, readRecord } from "../../../data/wfdb/record.ts";
import { rhythmReferenceOf } from "../../../scoring/episodes/reference.ts";
import { referenceOf } from "../../../scoring/reference.ts";
import { STRIPS, stripsOf } from "../../false-s/strips.ts";
import { type AtrialTruth, heardPeaks, heardRecord, type JudgedBeat, judgedBeats } from "./judged-beats.ts";

export const SOURCES = ["afdb", "mitdb", "svdb", STRIPS] as const;
export type Source = (typeof SOURCES)[number];

export interface AtrialPatient {
  /** `database/record`. */
  readonly patient: string;
  readonly source: Source;
  readonly beats: readonly JudgedBeat[];
}

/** Nobody annotated rhythms in SVDB: it is taken to be without fibrillation, but for these, which look as if they had it. */
const DOUBTFUL: readonly string[] = ["svdb/804", "svdb/864"];
const NO_RHYTHM: AtrialTruth = { fibrillation: [], flutter: [] };

/**
 * All that is learned from under `dir` (PhysioNet's layout): DS1 and the development halves of AFDB (R peaks), SVDB and the CinC Challenge 2017.
 * Throws UNKNOWN_RECORD, BAD_RECORD.
 */
export async function* atrialPatients(dir: string): AsyncGenerator<AtrialPatient> {
  const afdb = databaseFolder(dir, "afdb");
  for (const name of await listRecords(afdb)) {
    if (halfOf("afdb", name) === "report") continue;
    const { samplingRateHz, length } = await readHeader(afdb, name);
    const peaks = (await readAnnotations(afdb, name, "qrs")).filter(({ symbol }) => isBeatSymbol(symbol));
    const samples = peaks.map(({ sample }) => sample);
    const told = { samplingRateHz, length: length ?? samples.at(-1) ?? 0 };
    const truth = truthOf(await readAnnotations(afdb, name, "atr"), told);
    yield {
      patient: `afdb/${name}`,
      source: "afdb",
      beats: judgedBeats(heardPeaks(samples, samplingRateHz), samplingRateHz, truth),
    };
  }
  for (const patient of learnedRecords(["mitdb", "svdb"])) {
    if (DOUBTFUL.includes(patient)) continue;
    const { database, record: name } = parseRecordName(patient);
    const source = database === "mitdb" ? "mitdb" : "svdb";
    const folder = databaseFolder(dir, source);
    const record = await readRecord(folder, name);
    const annotations = await annotationsOf(record, folder);
    const truth = source === "mitdb" ? truthOf(annotations, record) : NO_RHYTHM;
    const heard = heardRecord(record, referenceOf(annotations));
    yield { patient, source, beats: judgedBeats(heard, record.samplingRateHz, truth) };
  }
  for (const { name, folder, rhythm } of await stripsOf(dir, "development")) {
    if (rhythm === "~") continue;
    const record = await readRecord(folder, name);
    const whole = { from: 0, to: record.length / record.samplingRateHz };
    const truth = rhythm === "A" ? { fibrillation: [whole], flutter: [] } : NO_RHYTHM;
    const beats = judgedBeats(heardRecord(record, null), record.samplingRateHz, truth);
    yield { patient: `${STRIPS}/${name}`, source: STRIPS, beats };
  }
}

function truthOf(...[annotations, record]: Parameters<typeof rhythmReferenceOf>): AtrialTruth {
  const { rhythms } = rhythmReferenceOf(annotations, record);
  const of = (name: string): AtrialTruth["flutter"] => rhythms.filter(({ label }) => label === name);
  return { fibrillation: of("AFIB"), flutter: of("AFL") };
}
