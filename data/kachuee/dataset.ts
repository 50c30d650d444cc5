import { BEAT_CLASSES } from "../../contracts/beat.ts";
import { leadToMillivolts } from "../../contracts/frame.ts";
import { Resampler } from "../../signal/resample.ts";
import { beatClassOf } from "../aami.ts";
import type { KnownDatabase } from "../identity/identity.ts";
import { readKnownRecord } from "../identity/read-known.ts";
import { databaseFolder } from "../records.ts";
import { monitoredLead } from "../../signal/leads.ts";
import { annotationsOf } from "../wfdb/annotations.ts";
import { type AnnotatedBeat, kachueeRows, ROW_LENGTH, ROW_RATE_HZ } from "./rows.ts";

/** Number of each class in the files, as Kaggle's have it. */
export const LABELS = BEAT_CLASSES;

/** Rows and where they come from; entry i of each array is about row i. */
export interface RowSet {
  readonly count: number;
  /** [count × 187], 0 to 1. */
  readonly rows: Float32Array;
  /** Index in LABELS. */
  readonly labels: Uint8Array;
  readonly records: readonly string[];
  /** Index among the beats of its record. */
  readonly beats: Uint32Array;
  /** R peak in the recording, at its own rate. */
  readonly samples: Uint32Array;
}

/**
 * The 187-sample rows of a database's `names` below `dir` (a PhysioNet tree), of the lead that is monitored: MIT-BIH's MLII where
 * there is one, SVDB's first. Throws UNKNOWN_RECORD, BAD_RECORD.
 */
export async function buildRowSet(
  dir: string,
  names: readonly string[],
  onRecord: (done: number) => void = () => {},
  database: KnownDatabase = "mitdb",
): Promise<RowSet> {
  const parts: RowSet[] = [];
  for (const name of names) {
    parts.push(await rowsOfRecord(dir, database, name));
    onRecord(parts.length);
  }
  return joinRowSets(parts);
}

async function rowsOfRecord(dir: string, database: KnownDatabase, name: string): Promise<RowSet> {
  const folder = databaseFolder(dir, database);
  const record = await readKnownRecord(dir, database, name);
  const lead = record.leads[monitoredLead(record)];
  const millivolts = new Float32Array(lead.samples.length);
  leadToMillivolts(lead, millivolts);
  const annotations = (await annotationsOf(record, folder)).flatMap(({ sample, symbol }) => {
    const beatClass = beatClassOf(symbol);
    return beatClass ? [{ sample, beatClass }] : [];
  });
  const beats: AnnotatedBeat[] = annotations.map(({ sample, beatClass }) => ({
    sample: Math.round((sample * ROW_RATE_HZ) / record.samplingRateHz),
    beatClass,
  }));
  const rows = new Float32Array(beats.length * ROW_LENGTH);
  const found: number[] = [];
  kachueeRows(resample(millivolts, record.samplingRateHz), beats, (index, row) => {
    rows.set(row, found.length * ROW_LENGTH);
    found.push(index);
  });
  return {
    count: found.length,
    rows: rows.subarray(0, found.length * ROW_LENGTH),
    labels: Uint8Array.from(found, (index) => LABELS.indexOf(beats[index].beatClass)),
    records: found.map(() => name),
    beats: Uint32Array.from(found),
    samples: Uint32Array.from(found, (index) => annotations[index].sample),
  };
}

/** The whole recording at 125 Hz; its last value is held until the filter has given out the last sample. */
function resample(signal: Float32Array, rateHz: number): Float64Array {
  const resampler = new Resampler(rateHz);
  const output = new Float64Array(Math.floor((signal.length * ROW_RATE_HZ) / rateHz));
  let written = 0;
  for (let i = 0; written < output.length; i++) {
    const count = resampler.push(signal[Math.min(i, signal.length - 1)]);
    for (let k = 0; k < count && written < output.length; k++) output[written++] = resampler.output[k];
  }
  return output;
}

/** Rows of one set after those of the other. */
export function joinRowSets(parts: readonly RowSet[]): RowSet {
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const rows = new Float32Array(count * ROW_LENGTH);
  const labels = new Uint8Array(count);
  const beats = new Uint32Array(count);
  const samples = new Uint32Array(count);
  let at = 0;
  for (const part of parts) {
    rows.set(part.rows, at * ROW_LENGTH);
    labels.set(part.labels, at);
    beats.set(part.beats, at);
    samples.set(part.samples, at);
    at += part.count;
  }
  return { count, rows, labels, records: parts.flatMap((part) => part.records), beats, samples };
}
