import { access } from "node:fs/promises";
import path from "node:path";
import type { FrameLead } from "../../contracts/frame.ts";
import { BedsideError } from "../../contracts/errors.ts";
import type { Scoring } from "../../contracts/scoring.ts";
import { DS1, DS2 } from "../../data/splits.ts";
import { readAnnotations, writeAnnotations } from "../../data/wfdb/annotations.ts";
import { listRecords, nearNames } from "../../data/wfdb/names.ts";
import { readRecord } from "../../data/wfdb/record.ts";
import type { Classifier } from "../../model/classifier.ts";
import { figuresOf } from "../../scoring/figures.ts";
import { referenceOf } from "../../scoring/reference.ts";
import { TOLERANCE_MS } from "../../scoring/score.ts";
import { type ScoredRecord, scoreRecord } from "../../scoring/summary/record.ts";
import { coverageOf } from "../../scoring/summary/gate.ts";
import { summarise } from "../../scoring/summary/summary.ts";
import { runRecord } from "../../server/pipeline/run-record.ts";

export interface EvaluateOptions {
  /** A folder of WFDB records with reference annotations. */
  readonly db: string;
  /** Default: all that have reference annotations. */
  readonly records?: readonly string[];
  /** Extension of the reference annotations. */
  readonly annotator: string;
  /** Name of the lead to monitor, or "first"; default: as live. */
  readonly lead?: string;
  readonly skipSeconds: number;
  /** Classify at the reference's R peaks in place of those found: classification apart from detection. */
  readonly annotatedPeaks?: boolean;
  /** Names of the records that the model was trained on, by its card. */
  readonly trainedOn?: readonly string[];
  readonly classifier: Classifier;
  /** Where to write what was found, as WFDB annotations of this extension. */
  readonly write?: { readonly extension: string; readonly to: string };
  readonly onProgress?: (done: number, total: number, record: string) => void;
}

/**
 * Runs records through the live pipeline's stages, one after the other, and scores what it says against their reference
 * annotations (EC57). Throws UNKNOWN_RECORD, BAD_RECORD, BAD_ARGUMENT (a record has no such lead).
 */
export async function evaluate(options: EvaluateOptions): Promise<Scoring> {
  const { db, classifier, skipSeconds } = options;
  const records = await chooseRecords(options);
  const results: ScoredRecord[] = [];
  for (const record of records) {
    results.push(await evaluateRecord(record, options));
    options.onProgress?.(results.length, records.length, record);
  }
  const splits = Object.entries({ DS1, DS2 })
    .map(([name, split]) => ({ name, among: results.filter(({ record }) => split.includes(record)) }))
    .filter(({ among }) => among.length > 0)
    .map(({ name, among }) => [name, { records: among.map(({ record }) => record), ...summarise(among) }] as const);
  return {
    database: db,
    records,
    toleranceMs: TOLERANCE_MS,
    skipSeconds,
    annotatedPeaks: options.annotatedPeaks ?? false,
    trainedOn: records.filter((record) => options.trainedOn?.includes(record)),
    model: { name: classifier.info.name, hash: classifier.info.hash },
    ...summarise(results),
    perRecord: results.map(({ record, confusion }) => ({
      record,
      ...figuresOf(confusion),
      coverage: coverageOf(confusion),
    })),
    splits: Object.fromEntries(splits),
  };
}

async function evaluateRecord(name: string, options: EvaluateOptions): Promise<ScoredRecord> {
  const { db, annotator, lead, skipSeconds, annotatedPeaks, classifier, write } = options;
  const record = await readRecord(db, name);
  const reference = referenceOf(await readAnnotations(db, name, annotator));
  const events = await runRecord(record, classifier, {
    ...(lead !== undefined && { chooseLead: (): number => leadIndex(name, record.leads, lead) }),
    ...(annotatedPeaks && { rPeaks: reference.beats.map(({ sample }) => sample) }),
  });
  const beats = events
    .flatMap(({ topic, data }) => (topic === "beats" ? data : []))
    .sort((a, b) => a.sample - b.sample);
  if (write) {
    const found = beats.map(({ sample, beatClass }) => ({ sample, symbol: beatClass, ...PLAIN }));
    await writeAnnotations(write.to, name, write.extension, found);
  }
  return scoreRecord(name, reference, beats, { samplingRateHz: record.samplingRateHz, skipSeconds });
}

const PLAIN = { subtype: 0, channel: 0, number: 0, aux: "" } as const;

async function chooseRecords({ db, records, annotator }: EvaluateOptions): Promise<readonly string[]> {
  const there = await listRecords(db);
  const unknown = records?.find((name) => !there.includes(name));
  if (there.length === 0) throw new BedsideError("UNKNOWN_RECORD", await nearNames(db, ""));
  if (unknown !== undefined) {
    throw new BedsideError("UNKNOWN_RECORD", `no record ${unknown}: ${await nearNames(db, unknown)}`);
  }
  if (records) return records;
  const annotated: string[] = [];
  for (const name of there) {
    const reference = path.join(db, `${name}.${annotator}`);
    if (
      await access(reference).then(
        () => true,
        () => false,
      )
    )
      annotated.push(name);
  }
  if (annotated.length === 0) {
    throw new BedsideError("UNKNOWN_RECORD", `no record in ${db} has reference annotations (.${annotator})`);
  }
  return annotated;
}

function leadIndex(record: string, leads: readonly FrameLead[], wanted: string): number {
  if (wanted === "first") return 0;
  const index = leads.findIndex(({ name }) => name === wanted);
  if (index < 0) {
    const names = leads.map(({ name }) => name).join(", ");
    throw new BedsideError("BAD_ARGUMENT", `record ${record} has no lead ${wanted}; it has ${names}`);
  }
  return index;
}
