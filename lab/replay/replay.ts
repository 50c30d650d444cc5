import { INJECTION_KINDS } from "../../contracts/drift.ts";
import type { Replay } from "../../contracts/replay.ts";
import type { LeftOut } from "../../contracts/scoring.ts";
import { TOLERANCE_MS } from "../../scoring/score.ts";
import { leftOutBy, nothingLeft } from "../left-out.ts";
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
  /** MIT-BIH's names of the records that the model was trained on, by its card. */
  readonly trainedOn: readonly string[];
  /** Replays a record with a drift (null: none), scoring the stretch. */
  readonly run: (record: string, drift: Drift | null, stretch: ScoredStretch) => Promise<ReplayedRecord>;
  /** Calls of `run` at the same time, at most. Default 1. */
  readonly jobs?: number;
  readonly onProgress?: (done: number, total: number, what: string) => void;
}

/** What noise comes from, so that it is not the training's. */
const NOISE = "NSTDB em, bw, ma: the second half of each record, first channel; training takes the first halves";

/**
 * Replays each record without drift and with each drift, and compares. A record that can't be replayed with one of them is
 * left out of all, by name: passes are compared record by record. Throws the reason where none is left.
 */
export async function replay(options: ReplayOptions): Promise<Replay> {
  const { command, database, drifts, seed, model } = options;
  const stretch = scoredStretch(drifts);
  const { passes, leftOut } = await runAll(options, stretch);
  const during = (pass: readonly ReplayedRecord[]): RecordPass[] => pass.map((record) => record.during);
  const after = (pass: readonly ReplayedRecord[]): RecordPass[] => pass.flatMap((record) => record.after ?? []);
  const [clean, ...drifted] = passes;
  const cleanAfter = after(clean);
  const heard = during(clean);
  const baseline = resamplePass(heard);
  const baselineAfter = cleanAfter.length > 0 ? resamplePass(cleanAfter) : null;
  return {
    version: 1,
    command,
    database,
    records: heard.map(({ record }) => record),
    seed,
    toleranceMs: TOLERANCE_MS,
    stretch: {
      fromSeconds: stretch.fromSeconds,
      toSeconds: Number.isFinite(stretch.toSeconds) ? stretch.toSeconds : null,
    },
    noise: NOISE,
    model,
    trainedOn: heard.flatMap(({ record, mitdb }) =>
      mitdb !== null && options.trainedOn.includes(mitdb) ? record : [],
    ),
    leftOut,
    clean: {
      ...runFigures(heard, null, baseline),
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

interface Passes {
  /** Over the records that went through all of them, the clean one first. */
  readonly passes: readonly ReplayedRecord[][];
  readonly leftOut: readonly LeftOut[];
}

async function runAll(options: ReplayOptions, stretch: ScoredStretch): Promise<Passes> {
  const { records, drifts, run, jobs = 1, onProgress } = options;
  const drifted: readonly (Drift | null)[] = [null, ...drifts];
  const tasks = drifted.flatMap((drift, pass) => records.map((record, place) => ({ drift, pass, record, place })));
  const results = drifted.map((): ReplayedRecord[] => []);
  const leftOut = new Map<number, LeftOut>();
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    while (next < tasks.length) {
      const { drift, pass, record, place } = tasks[next++];
      try {
        if (!leftOut.has(place)) results[pass][place] = await run(record, drift, stretch);
      } catch (error) {
        leftOut.set(place, leftOutBy(record, error));
      }
      onProgress?.(++done, tasks.length, `${record} ${drift ? nameOf(drift) : "clean"}`);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  const reasons = [...leftOut].toSorted(([a], [b]) => a - b).map(([, reason]) => reason);
  if (leftOut.size === records.length) throw nothingLeft(reasons, "replayed");
  return { passes: results.map((pass) => pass.filter((_, place) => !leftOut.has(place))), leftOut: reasons };
}
