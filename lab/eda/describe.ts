import type { LeftOut } from "../../contracts/scoring.ts";
import { buildRowSet } from "../../data/kachuee/dataset.ts";
import { readLeadRecording } from "../../data/lead-recording.ts";
import { mitdbFolder } from "../../data/records.ts";
import { monitoredLead } from "../../signal/leads.ts";
import { DS1, MITDB } from "../../data/splits/mitdb.ts";
import { readRecord } from "../../data/wfdb/record.ts";
import { FEATURE_NAMES } from "../../signal/beat/features.ts";
import { NO_COPIES } from "../../model/training/records/copies.ts";
import { prepareRecord } from "../../model/training/records/prepare.ts";
import type { TrainingRecord } from "../../model/training/records/record.ts";
import { loadCopy } from "../../model/training/records/stored.ts";
import { nothingLeft, throughRecords } from "../left-out.ts";
import { type ClassBeats, gatherBeats, scatterOf, summarise } from "./beats.ts";
import { recordCounts, sumBySplit } from "./counts.ts";
import { describeMinority } from "./minorities.ts";
import type { EdaReport, RecordSignal } from "./report.ts";
import { describeSignal } from "./signals.ts";

const MINORITIES = ["S", "V", "F", "Q"] as const;
/** Converter steps at MIT-BIH's ends: 11 bits. */
const LAST_ADU = 2047;

export interface EdaOptions {
  /** A PhysioNet tree with all of MIT-BIH. */
  readonly dir: string;
  readonly seed: number;
  /** Records whose signals are described, of DS1; default all of it. */
  readonly records?: readonly string[];
  /** Share done, 0 to 1, and what is under way. */
  readonly onProgress?: (share: number, what: string) => void;
}

/**
 * Describes MIT-BIH: all of its annotations, and of DS1 the signals, beats and generators. A record that can't be read is left
 * out by name. Throws the reason where none is left.
 */
export async function describe(options: EdaOptions): Promise<{ report: EdaReport; beats: readonly ClassBeats[] }> {
  const { dir, seed, onProgress = () => {} } = options;
  const leftOut: LeftOut[] = [];
  // Each is read once for itself: what follows needs all that it is given.
  const counts = await throughRecords(MITDB, leftOut, async (name, index) => {
    onProgress((0.1 * index) / MITDB.length, `record ${name}`);
    return recordCounts({ ...(await readLeadRecording(dir, name)), name });
  });
  const isLeftOut = (name: string): boolean => leftOut.some(({ record }) => record === name);
  const records = (options.records ?? DS1).filter((name) => !isLeftOut(name));
  if (records.length === 0) throw nothingLeft(leftOut, "described");
  const heard: TrainingRecord[] = [];
  for (const [index, record] of records.entries()) {
    onProgress(0.1 + (0.15 * index) / records.length, "beats");
    const source = { dir, name: `mitdb/${record}`, seed, copies: NO_COPIES, otherLeads: null };
    const [{ clean }] = (await prepareRecord(source)).readings;
    heard.push({ ...(await loadCopy(clean)), name: record });
    await breathe();
  }
  const signals: RecordSignal[] = [];
  for (const [index, record] of heard.entries()) {
    onProgress(0.25 + (0.25 * index) / heard.length, `signal ${record.name}`);
    const rails = await railsOf(dir, record.name);
    signals.push(describeSignal({ ...(await readLeadRecording(dir, record.name)), name: record.name }, record, rails));
    await breathe();
  }
  const beats = gatherBeats(heard, FEATURE_NAMES);
  const set = await buildRowSet(dir, records, (done) => onProgress(0.5 + (0.1 * done) / records.length, "rows"));
  const minorities = [];
  for (const [index, beatClass] of MINORITIES.entries()) {
    onProgress(0.6 + 0.1 * index, `generator of ${beatClass}`);
    await breathe();
    minorities.push({ beatClass, summary: describeMinority(set, beatClass, seed) });
  }
  const report: EdaReport = {
    seed,
    records,
    leftOut,
    counts,
    splits: sumBySplit(counts),
    signals,
    classes: beats.map((own) => summarise(own)),
    pca: scatterOf(beats),
    minorities: minorities.flatMap(({ summary }) => summary ?? []),
    tooFew: minorities.flatMap(({ beatClass, summary }) => (summary ? [] : [beatClass])),
  };
  onProgress(1, "done");
  return { report, beats };
}

/** The converter's ends of the monitored lead, mV. */
async function railsOf(dir: string, name: string): Promise<readonly [number, number]> {
  const record = await readRecord(mitdbFolder(dir), name);
  const { gainAduPerMv, baselineAdu } = record.leads[monitoredLead(record)];
  return [-baselineAdu / gainAduPerMv, (LAST_ADU - baselineAdu) / gainAduPerMv];
}

/** Lets the progress bar and signals through. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
