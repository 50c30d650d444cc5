import { INJECTION_KINDS, type InjectionKind } from "../../contracts/drift.ts";
import { TOLERANCE_MS } from "../../scoring/score.ts";
import { type Cell, nameOf, type ScoredStretch, scoredStretch } from "./cells.ts";
import type { RecordPass, ReplayedRecord } from "./replay-record.ts";
import { resamplePass, type RunFigures, runFigures } from "./run-figures.ts";

/** What `npm run replay -- --json` writes. Fractions 0 to 1, null where there is nothing to divide by. */
export interface Replay {
  readonly version: 1;
  readonly command: string;
  readonly database: string;
  readonly records: readonly string[];
  readonly seed: number;
  readonly toleranceMs: number;
  /** What is scored, of the clean run too; `toSeconds` null: to each record's end. */
  readonly stretch: { readonly fromSeconds: number; readonly toSeconds: number | null };
  readonly noise: string;
  readonly model: { readonly name: string; readonly hash: string };
  /** Those of the records that the model was trained on: what they lose under drift says little of other patients. */
  readonly trainedOn: readonly string[];
  readonly clean: CellFigures;
  readonly cells: readonly CellResult[];
}

export interface CellFigures extends RunFigures {
  /** What follows the drift, where it ends before the records do: whether the bed recovers. */
  readonly after?: RunFigures;
}

export interface CellResult extends CellFigures {
  /** In the grammar of contracts/drift.ts. */
  readonly drift: string;
  readonly family: InjectionKind | null;
  readonly severity: number | null;
  readonly unit: string | null;
  /** Drift detectors' verdicts and the trust they leave, by detector's name. Left out where there are no detectors. */
  readonly detectors?: Readonly<Record<string, unknown>>;
}

export interface ReplayOptions {
  /** That made it, for who reads the result. */
  readonly command: string;
  readonly database: string;
  readonly records: readonly string[];
  readonly cells: readonly Cell[];
  readonly seed: number;
  readonly model: { readonly name: string; readonly hash: string };
  /** Names of the records that the model was trained on, by its card. */
  readonly trainedOn: readonly string[];
  /** Replays a record with a cell's drift (null: none), scoring the stretch. */
  readonly run: (record: string, cell: Cell | null, stretch: ScoredStretch) => Promise<ReplayedRecord>;
  /** Calls of `run` at the same time, at most. Default 1. */
  readonly jobs?: number;
  readonly onProgress?: (done: number, total: number, what: string) => void;
}

/** What noise comes from, so that it is not the training's. */
const NOISE = "NSTDB em, bw, ma: the second half of each record, first channel; training takes the first halves";

/** Replays each record without drift and with every cell's, and compares. */
export async function replay(options: ReplayOptions): Promise<Replay> {
  const { command, database, records, cells, seed, model } = options;
  const stretch = scoredStretch(cells);
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
    cells: cells.map((cell, i) => ({
      drift: nameOf(cell),
      family: cell.family,
      severity: cell.severity,
      unit: cell.family && INJECTION_KINDS[cell.family].unit,
      ...runFigures(during(drifted[i]), baseline),
      ...(baselineAfter && { after: runFigures(after(drifted[i]), baselineAfter) }),
    })),
  };
}

/** Each pass over the records, the clean one first. */
async function runAll(options: ReplayOptions, stretch: ScoredStretch): Promise<ReplayedRecord[][]> {
  const { records, cells, run, jobs = 1, onProgress } = options;
  const passes: readonly (Cell | null)[] = [null, ...cells];
  const tasks = passes.flatMap((cell, pass) => records.map((record, place) => ({ cell, pass, record, place })));
  const results = passes.map((): ReplayedRecord[] => []);
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    while (next < tasks.length) {
      const { cell, pass, record, place } = tasks[next++];
      results[pass][place] = await run(record, cell, stretch);
      onProgress?.(++done, tasks.length, `${record} ${cell ? nameOf(cell) : "clean"}`);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return results;
}
