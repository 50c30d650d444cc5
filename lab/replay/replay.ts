import { INJECTION_KINDS } from "../../contracts/drift.ts";
import type { Replay } from "../../contracts/replay.ts";
import { TOLERANCE_MS } from "../../scoring/score.ts";
import { type Drift, nameOf, type ScoredStretch, scoredStretch } from "./grid.ts";
import type { RecordPass, ReplayedRecord } from "./replay-record.ts";
import { resamplePass, runFigures } from "./run-figures.ts";

export interface ReplayOptions {
  /** That made it, for who reads the result. */
  readonly command: string;
  readonly database: string;
  readonly records: readonly string[];
  readonly drifts: readonly Drift[];
  readonly seed: number;
  readonly model: { readonly name: string; readonly hash: string };
  /** Names of the records that the model was trained on, by its card. */
  readonly trainedOn: readonly string[];
  /** Replays a record with a drift (null: none), scoring the stretch. */
  readonly run: (record: string, drift: Drift | null, stretch: ScoredStretch) => Promise<ReplayedRecord>;
  /** Calls of `run` at the same time, at most. Default 1. */
  readonly jobs?: number;
  readonly onProgress?: (done: number, total: number, what: string) => void;
}

/** What noise comes from, so that it is not the training's. */
const NOISE = "NSTDB em, bw, ma: the second half of each record, first channel; training takes the first halves";

/** Replays each record without drift and with each drift, and compares. */
export async function replay(options: ReplayOptions): Promise<Replay> {
  const { command, database, records, drifts, seed, model } = options;
  const stretch = scoredStretch(drifts);
  const passes = await runAll(options, stretch);
  const during = (pass: readonly ReplayedRecord[]): RecordPass[] => pass.map((record) => record.during);
  const after = (pass: readonly ReplayedRecord[]): RecordPass[] => pass.flatMap((record) => record.after ?? []);
  const [clean, ...drifted] = passes;
  const cleanAfter = after(clean);
  const baseline = resamplePass(during(clean));
  const baselineAfter = cleanAfter.length > 0 ? resamplePass(cleanAfter) : null;
  return {
    version: 1,
    command,
    database,
    records,
    seed,
    toleranceMs: TOLERANCE_MS,
    stretch: {
      fromSeconds: stretch.fromSeconds,
      toSeconds: Number.isFinite(stretch.toSeconds) ? stretch.toSeconds : null,
    },
    noise: NOISE,
    model,
    trainedOn: records.filter((record) => options.trainedOn.includes(record)),
    clean: {
      ...runFigures(during(clean), null, baseline),
      ...(baselineAfter && { after: runFigures(cleanAfter, null, baselineAfter) }),
    },
    cells: drifts.map((drift, i) => ({
      drift: nameOf(drift),
      family: drift.family,
      severity: drift.severity,
      unit: drift.family && INJECTION_KINDS[drift.family].unit,
      ...runFigures(during(drifted[i]), baseline),
      ...(baselineAfter && { after: runFigures(after(drifted[i]), baselineAfter) }),
    })),
  };
}

/** Each pass over the records, the clean one first. */
async function runAll(options: ReplayOptions, stretch: ScoredStretch): Promise<ReplayedRecord[][]> {
  const { records, drifts, run, jobs = 1, onProgress } = options;
  const passes: readonly (Drift | null)[] = [null, ...drifts];
  const tasks = passes.flatMap((drift, pass) => records.map((record, place) => ({ drift, pass, record, place })));
  const results = passes.map((): ReplayedRecord[] => []);
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    while (next < tasks.length) {
      const { drift, pass, record, place } = tasks[next++];
      results[pass][place] = await run(record, drift, stretch);
      onProgress?.(++done, tasks.length, `${record} ${drift ? nameOf(drift) : "clean"}`);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return results;
}
