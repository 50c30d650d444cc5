import type { InjectionKind } from "../../contracts/drift.ts";
import type { Frame } from "../../contracts/frame.ts";
import { monitoredLead } from "../../signal/leads.ts";
import { FrameInjector } from "../../data/injection/inject-frames.ts";
import { injectSamples } from "../../data/injection/inject-samples.ts";
import type { Injectable } from "../../data/injection/sample-injector.ts";
import type { NoiseRecords } from "../../data/injection/noise-records.ts";
import { createRandom } from "../../kit/random.ts";
import { mitdbRecordOf } from "../../data/identity/identity.ts";
import { readRecord } from "../../data/wfdb/record.ts";
import type { Classifier } from "../../model/classifier.ts";
import { type CalibrationSums, calibrationSums } from "../../scoring/calibration.ts";
import { referenceOf } from "../../scoring/reference.ts";
import { type ScoredRecord, scoreRecord } from "../../scoring/summary/record.ts";
import { runRecord } from "../../server/pipeline/run-record.ts";
import { annotatedBeats } from "../evaluation/read-reference.ts";
import type { Drift, ScoredStretch } from "./grid.ts";

/** A record's monitored lead and its annotations. */
export interface ReplaySource extends Injectable {
  /** Which of MIT-BIH's records it is by its samples; null: none of them. */
  readonly mitdb: string | null;
}

/** What one record's pass is scored by. */
export interface RecordPass extends Pick<ScoredRecord, "record" | "confusion" | "ungated"> {
  readonly mitdb: string | null;
  readonly calibration: CalibrationSums;
  /** Of the beats that the gate did not reject. */
  readonly coveredCalibration: CalibrationSums;
}

/** The stretch with drift, and what lies behind it where that is scored. */
export interface ReplayedRecord {
  readonly during: RecordPass;
  readonly after: RecordPass | null;
}

export interface ReplayConditions {
  /** null: the clean run. */
  readonly drift: Drift | null;
  readonly stretch: ScoredStretch;
  readonly noise: NoiseRecords;
  readonly seed: number;
}

/** Drift that changes frames counts frames as long as the simulator's; to other drift their length is the same. */
const FRAME_MS = 200;
const FRAME_KINDS: readonly InjectionKind[] = ["drop", "duplicate", "late"];

/** Reads a record of `folder`. Throws UNKNOWN_RECORD, BAD_RECORD. */
export async function openSource(folder: string, name: string): Promise<ReplaySource> {
  const record = await readRecord(folder, name);
  const lead = record.leads[monitoredLead(record)];
  return {
    name,
    samplingRateHz: record.samplingRateHz,
    leads: [lead],
    annotations: await annotatedBeats(record, folder, "atr"),
    mitdb: mitdbRecordOf(record),
  };
}

/** Replays a record with a drift through the live pipeline's stages and scores what it says. */
export async function replayRecord(
  source: ReplaySource,
  classifier: Classifier,
  { drift, stretch, noise, seed }: ReplayConditions,
): Promise<ReplayedRecord> {
  const injections = drift?.injections ?? [];
  const disturbed = injectSamples(source, injections, noise, seed);
  const frames = new FrameInjector(injections, createRandom(seed, `${source.name}/frames`));
  const changesFrames = injections.some(({ kind }) => FRAME_KINDS.includes(kind));
  const options = { frameMs: FRAME_MS, disturb: (frame: Frame) => frames.push(frame) };
  const events = await runRecord(disturbed, classifier, changesFrames ? options : {});
  const found = events.flatMap(({ topic, data }) => (topic === "beats" ? data : []));
  const reference = referenceOf(source.annotations);
  const { samplingRateHz, mitdb } = source;
  const scored = (skipSeconds: number, untilSeconds: number): RecordPass => {
    const options = { samplingRateHz, skipSeconds, untilSeconds };
    const { record, confusion, ungated, answers } = scoreRecord(source.name, reference, found, options);
    const coveredCalibration = calibrationSums(answers.filter(({ rejected }) => !rejected));
    return { record, mitdb, confusion, ungated, calibration: calibrationSums(answers), coveredCalibration };
  };
  return {
    during: scored(stretch.fromSeconds, stretch.toSeconds),
    after: Number.isFinite(stretch.toSeconds) ? scored(stretch.toSeconds, Number.POSITIVE_INFINITY) : null,
  };
}
