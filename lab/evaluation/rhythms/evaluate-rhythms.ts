import path from "node:path";
import { group } from "d3";
import { CONDITION_KINDS, type ConditionKind } from "../../../contracts/condition.ts";
import { BedsideError } from "../../../contracts/errors.ts";
import type { RhythmScoring } from "../../../contracts/rhythm-scoring.ts";
import type { LeftOut } from "../../../contracts/scoring.ts";
import { type HalfSplit, halfSplitOf } from "../../../data/splits/half-splits.ts";
import type { Split } from "../../../data/splits/splits.ts";
import { listRecords } from "../../../data/wfdb/names.ts";
import { ratio } from "../../../kit/figures.ts";
import type { Classifier } from "../../../model/classifier.ts";
import { countRuns, type RunCounts, runFigures } from "../../../scoring/episodes/beat-runs.ts";
import { EPISODE_SLACK_SECONDS, type ScoredEpisodes, scoreEpisodes } from "../../../scoring/episodes/match.ts";
import { type RhythmReference, rhythmReferenceOf } from "../../../scoring/episodes/reference.ts";
import { EPISODE_ROWS, type EpisodeRow, tellsOf } from "../../../scoring/episodes/rows.ts";
import { episodeFigures } from "../../../scoring/episodes/summary.ts";
import { referenceOf } from "../../../scoring/reference.ts";
import { namedPolicy } from "../../../signal/rhythm/policy/policy.ts";
import { nothingLeft, throughRecords } from "../../left-out.ts";
import { chooseRecords } from "../choose-records.ts";
import { holdOutOf } from "../hold-out.ts";
import { type HeardRecord, hearRecord } from "./heard-record.ts";

export interface RhythmOptions {
  readonly db: string;
  readonly records?: readonly string[];
  /** In place of `records`. */
  readonly split?: Split | HalfSplit;
  readonly annotator: string;
  readonly skipSeconds: number;
  readonly classifier: Classifier;
  /** Name of the lead to monitor, or "first"; default: as live. */
  readonly lead?: string;
  readonly onProgress?: (done: number, total: number, record: string) => void;
}

/** A run's figures, and those of each hold-out that is among its records. */
export interface RhythmResult {
  readonly scoring: RhythmScoring;
  readonly holdOuts: readonly { readonly split: string; readonly scoring: RhythmScoring }[];
}

interface RecordResult {
  readonly record: string;
  readonly heard: HeardRecord;
  readonly truth: RhythmReference;
  readonly runs: RunCounts | null;
}

/** Runs records through the pipeline and scores the conditions it raises, episode by episode. Throws as `evaluate`. */
export async function evaluateRhythms(options: RhythmOptions): Promise<RhythmResult> {
  const { db, annotator, classifier, skipSeconds, onProgress, lead, split } = options;
  const { records, leftOut: absent } = await chooseRecords(await choiceOf(options));
  const leftOut: LeftOut[] = [];
  const results = await throughRecords(records, leftOut, async (record, done): Promise<RecordResult> => {
    const progress = (share: number): void => onProgress?.(done + share, records.length, record);
    progress(0);
    const heard = await hearRecord(record, {
      db,
      annotator,
      classifier,
      onProgress: progress,
      ...(lead !== undefined && { lead }),
      ...(split && "records" in split && { expected: `${split.database}/${record}` }),
    });
    const truth = rhythmReferenceOf(heard.annotations, heard);
    const { rhythms, fibrillation, beats } = truth.told;
    if (!rhythms && !fibrillation && !beats) {
      throw new BedsideError("BAD_RECORD", `${path.join(db, record)}.${annotator} has neither rhythms nor beats`);
    }
    const { samplingRateHz } = heard;
    const scores = { samplingRateHz, skipSeconds };
    const runs = heard.beats && beats ? countRuns(referenceOf(heard.annotations), heard.beats, scores) : null;
    return { record, heard, truth, runs };
  });
  if (results.length === 0) throw nothingLeft([...leftOut, ...absent], "scored");
  const scored = (chosen: readonly RecordResult[], name: string | null): RhythmScoring => ({
    database: db,
    split: name,
    model: { name: classifier.info.name, hash: classifier.info.hash },
    ...summed(chosen, skipSeconds),
  });
  const looked = group(results, (result) => holdOutOf(db, result.record, result.heard.identity));
  return {
    scoring: { ...scored(results, split?.name ?? null), leftOut: [...leftOut, ...absent] },
    holdOuts: [...looked].flatMap(([name, among]) =>
      name === null ? [] : { split: name, scoring: scored(among, name) },
    ),
  };
}

async function choiceOf({
  db,
  records,
  split,
  annotator,
}: RhythmOptions): Promise<Parameters<typeof chooseRecords>[0]> {
  if (!split || "records" in split) return { db, annotator, ...(records && { records }), ...(split && { split }) };
  const half = (await listRecords(db)).filter((name) => halfSplitOf(split.database, name) === split);
  if (half.length === 0) throw new BedsideError("UNKNOWN_RECORD", `no record in ${db} is of ${split.name}`);
  return { db, annotator, records: half };
}

function summed(
  results: readonly RecordResult[],
  skipSeconds: number,
): Omit<RhythmScoring, "database" | "split" | "model"> {
  const hasClasses = results.some(({ truth }) => truth.hasClasses);
  // R peaks alone tell of the rhythm that goes by them.
  const tells = ({ truth, heard }: RecordResult, row: EpisodeRow): boolean =>
    (heard.beats !== null || row.kinds.includes("atrial-fibrillation")) && tellsOf(row, truth, hasClasses);
  const perRecord = results.map((result) => ({
    result,
    rows: EPISODE_ROWS.filter((row) => tells(result, row)).map((row) => ({
      row,
      scored: scoreEpisodes(row, result.truth, result.heard.conditions, skipSeconds),
    })),
  }));
  const rows = EPISODE_ROWS.map((row) => {
    const parts = perRecord.flatMap(({ result, rows: own }) => {
      const scored = own.find((one) => one.row === row)?.scored;
      return scored ? [{ record: result.record, scored }] : [];
    });
    const { name, label, kinds, containers } = row;
    return {
      name,
      label,
      kinds: [...kinds],
      containers: [...containers],
      records: parts.map(({ record }) => record),
      ...episodeFigures(parts.map(({ scored }) => scored)),
    };
  }).filter(({ records }) => records.length > 0);
  return {
    records: results.map(({ record }) => record),
    rPeaksAlone: results.filter(({ heard }) => heard.beats === null).map(({ record }) => record),
    skipSeconds,
    slackMs: 1000 * EPISODE_SLACK_SECONDS,
    policy: namedPolicy("adult").label,
    rows,
    runsByBeats: runFigures(results.flatMap(({ runs }) => (runs && hasClasses ? [runs] : []))),
    raised: raisedByKind(results, skipSeconds),
    perRecord: perRecord.map(({ result, rows: own }) => ({
      record: result.record,
      seconds: result.truth.seconds,
      rows: own.map(({ row, scored }) => ({ name: row.name, ...episodeFigures([scored]), ...errorsOf(scored) })),
    })),
  };
}

const errorsOf = ({ missed, wrong }: ScoredEpisodes): Pick<ScoredEpisodes, "missed" | "wrong"> => ({ missed, wrong });

/** How often each kind was raised, right or wrong. */
function raisedByKind(results: readonly RecordResult[], skipSeconds: number): RhythmScoring["raised"] {
  const hours = results.reduce((sum, { truth }) => sum + Math.max(0, truth.seconds - skipSeconds), 0) / 3600;
  const all = results.flatMap(({ heard }) => heard.conditions).filter(({ saidAt }) => saidAt >= skipSeconds);
  const counts = group(all, ({ kind }) => kind);
  return (Object.keys(CONDITION_KINDS) as ConditionKind[]).flatMap((kind) => {
    const count = counts.get(kind)?.length ?? 0;
    return count > 0 ? [{ kind, count, perHour: ratio(count, hours) }] : [];
  });
}
