import type { LeftOut, Scoring } from "../../contracts/scoring.ts";
import { identityOf, mitdbNameOf } from "../../data/identity/identity.ts";
import { checkIdentity } from "../../data/identity/read-known.ts";
import type { Split } from "../../data/splits/splits.ts";
import { readRecord, type WfdbRecord } from "../../data/wfdb/record.ts";
import type { Classifier } from "../../model/classifier.ts";
import { figuresOf } from "../../scoring/figures.ts";
import { referenceOf } from "../../scoring/reference.ts";
import { TOLERANCE_MS } from "../../scoring/score.ts";
import { type FoundBeat, type ScoredRecord, scoreRecord } from "../../scoring/summary/record.ts";
import { coverageOf } from "../../scoring/summary/gate.ts";
import { summarise } from "../../scoring/summary/summary.ts";
import { runRecord } from "../../server/pipeline/run-record.ts";
import { leftOutBy, nothingLeft } from "../left-out.ts";
import { type Choice, chooseRecords } from "./choose-records.ts";
import { type FoundFiles, refuseForeign, writeFound } from "./found-annotations.ts";
import { leadIndex } from "./lead-index.ts";
import { annotatedBeats } from "./read-reference.ts";
import { splitsOf } from "./splits-of.ts";

export interface EvaluateOptions extends Choice {
  readonly split?: Split;
  /** Name of the lead to monitor, or "first"; default: as live. */
  readonly lead?: string;
  readonly skipSeconds: number;
  /** Classify at the reference's R peaks in place of those found: classification apart from detection. */
  readonly annotatedPeaks?: boolean;
  /** Identities (mitdb/101) of the recordings that the model was trained on, by its card. */
  readonly trainedOn?: readonly string[];
  readonly classifier: Classifier;
  /** Where to write what was found, as WFDB annotations. */
  readonly write?: FoundFiles;
  /** Which known recording a record is; default: by its samples. */
  readonly recognise?: (record: WfdbRecord) => string | null;
  /** `done`: records gone through, with the share of the one under way. */
  readonly onProgress?: (done: number, total: number, record: string) => void;
}

type Evaluated = ScoredRecord & { readonly identity: string | null };

/**
 * Runs records through the live pipeline's stages, one after the other, and scores what it says against their reference
 * annotations (EC57). A record that can't be scored is left out by name (`leftOut`). Throws UNKNOWN_RECORD where a named
 * record is not there, BAD_ARGUMENT where a file is in the way of `write`, and the reason where no record is left.
 */
export async function evaluate(options: EvaluateOptions): Promise<Scoring> {
  const { db, classifier, skipSeconds, write, trainedOn, onProgress } = options;
  const { records, leftOut: without } = await chooseRecords(options);
  if (write) await refuseForeign(write, records);
  const results: Evaluated[] = [];
  const leftOut: LeftOut[] = [];
  for (const [done, record] of records.entries()) {
    const progress = (share: number): void => onProgress?.(done + share, records.length, record);
    progress(0);
    const evaluated = await evaluateRecord(record, options, progress).catch((error: unknown) => {
      leftOut.push(leftOutBy(record, error));
      return null;
    });
    if (evaluated === null) continue;
    const { beats, ...result } = evaluated;
    results.push(result);
    if (write) await writeFound(write, record, beats, classifier.info);
  }
  if (results.length === 0) throw nothingLeft([...leftOut, ...without], "scored");
  onProgress?.(records.length, records.length, "figures");
  return {
    database: db,
    records: results.map(({ record }) => record),
    toleranceMs: TOLERANCE_MS,
    skipSeconds,
    annotatedPeaks: options.annotatedPeaks ?? false,
    trainedOn: results.flatMap(({ record, identity }) =>
      identity !== null && trainedOn?.includes(identity) ? record : [],
    ),
    model: { name: classifier.info.name, hash: classifier.info.hash },
    ...summarise(results),
    perRecord: results.map(({ record, identity, confusion }) => ({
      record,
      identity,
      mitdb: mitdbNameOf(identity),
      ...figuresOf(confusion),
      coverage: coverageOf(confusion),
    })),
    leftOut: [...leftOut, ...without],
    splits: splitsOf(results),
  };
}

async function evaluateRecord(
  name: string,
  options: EvaluateOptions,
  onProgress: (share: number) => void,
): Promise<Evaluated & { readonly beats: readonly FoundBeat[] }> {
  const { lead, skipSeconds, annotatedPeaks, classifier, split, recognise = identityOf } = options;
  const record = await readRecord(options.db, name);
  const identity = recognise(record);
  // A split is of known recordings: a stranger that has one's name is none of them.
  if (split) checkIdentity(`${split.database}/${name}`, identity);
  const reference = referenceOf(await annotatedBeats(record, options.db, options.annotator));
  const events = await runRecord(record, classifier, {
    onProgress,
    ...(lead !== undefined && { chooseLead: (): number => leadIndex(name, record.leads, lead) }),
    ...(annotatedPeaks && { rPeaks: reference.beats.map(({ sample }) => sample) }),
  });
  const beats = events
    .flatMap(({ topic, data }) => (topic === "beats" ? data : []))
    .sort((a, b) => a.sample - b.sample);
  const scored = scoreRecord(name, reference, beats, { samplingRateHz: record.samplingRateHz, skipSeconds });
  return { ...scored, identity, beats };
}
