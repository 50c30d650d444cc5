import { access } from "node:fs/promises";
import path from "node:path";
import { isBeatSymbol } from "../../../data/aami.ts";
import { identityOf } from "../../../data/identity/identity.ts";
import { checkIdentity } from "../../../data/identity/read-known.ts";
import { annotationsOf, readAnnotations, type WfdbAnnotation } from "../../../data/wfdb/annotations.ts";
import { readHeader, readRecord } from "../../../data/wfdb/record.ts";
import type { Classifier } from "../../../model/classifier.ts";
import type { RaisedCondition } from "../../../scoring/episodes/match.ts";
import type { ScoredBeat } from "../../../scoring/reference.ts";
import { runRecord } from "../../../server/pipeline/run-record.ts";
import { leadIndex } from "../lead-index.ts";
import { raisedConditions } from "./raised.ts";
import { runPeaks } from "./rr-record.ts";

/** What was heard of a record, and what its annotators say. */
export interface HeardRecord {
  readonly samplingRateHz: number;
  /** Samples. */
  readonly length: number;
  readonly identity: string | null;
  readonly annotations: readonly WfdbAnnotation[];
  readonly conditions: readonly RaisedCondition[];
  /** In order of sample; null where only R peaks were heard. */
  readonly beats: readonly ScoredBeat[] | null;
}

export interface HearOptions {
  readonly db: string;
  readonly annotator: string;
  readonly classifier: Classifier;
  /** Name of the lead to monitor, or "first"; default: as live. */
  readonly lead?: string;
  /** `mitdb/101`: which recording it must be by its samples. */
  readonly expected?: string;
  readonly onProgress: (share: number) => void;
}

/** Extension of R peaks that stand in for signals. */
const PEAKS = "qrs";

/**
 * Runs a record through the live pipeline; where PhysioNet's signals were not brought but its R peaks (`.qrs`) were, those through the rhythm
 * monitor alone. Throws UNKNOWN_RECORD, BAD_RECORD.
 */
export async function hearRecord(name: string, options: HearOptions): Promise<HeardRecord> {
  const { db, annotator, classifier, lead, expected, onProgress } = options;
  if (await isPeaksAlone(db, name)) return hearPeaks(name, options);
  const record = await readRecord(db, name);
  const identity = identityOf(record);
  if (expected !== undefined) checkIdentity(expected, identity);
  const annotations = await annotationsOf(record, db, annotator);
  const events = await runRecord(record, classifier, {
    onProgress,
    ...(lead !== undefined && { chooseLead: (leads) => leadIndex(name, leads, lead) }),
  });
  const { samplingRateHz, length } = record;
  const changes = events.flatMap(({ topic, data }) => (topic === "conditions" ? data : []));
  const beats = events
    .flatMap(({ topic, data }) => (topic === "beats" ? data : []))
    .toSorted((a, b) => a.sample - b.sample);
  return {
    samplingRateHz,
    length,
    identity,
    annotations,
    conditions: raisedConditions(changes, record),
    beats,
  };
}

async function hearPeaks(name: string, { db, annotator }: HearOptions): Promise<HeardRecord> {
  const { samplingRateHz, length: told } = await readHeader(db, name);
  const annotations = await readAnnotations(db, name, annotator);
  const marks = await readAnnotations(db, name, PEAKS);
  const peaks = marks.filter(({ symbol }) => isBeatSymbol(symbol)).map(({ sample }) => sample);
  const length = told ?? Math.max(annotations.at(-1)?.sample ?? 0, marks.at(-1)?.sample ?? 0);
  const conditions = raisedConditions(runPeaks(peaks, { samplingRateHz, length }), { samplingRateHz, length });
  return { samplingRateHz, length, identity: null, annotations, conditions, beats: null };
}

async function isPeaksAlone(db: string, name: string): Promise<boolean> {
  const isThere = (file: string): Promise<boolean> =>
    access(path.join(db, file)).then(
      () => true,
      () => false,
    );
  const { signals } = await readHeader(db, name);
  const files = await Promise.all(signals.map(({ file }) => isThere(file)));
  return !files.includes(true) && isThere(`${name}.${PEAKS}`);
}
