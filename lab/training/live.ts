import { availableParallelism } from "node:os";
import path from "node:path";
import { AblationTableSchema } from "../../contracts/ablation.ts";
import { writeJson } from "../json-file.ts";
import { loadTensorflow } from "../../model/tensorflow/load.ts";
import { ablate, ablationTable, fitsOfAblation } from "../../model/training/ablation.ts";
import { openJobPool } from "../../model/training/jobs/pool.ts";
import { fitInPool, prepareInPool } from "../../model/training/jobs/training.ts";
import { createProgress } from "../../model/training/progress.ts";
import { LIVE_RECIPE } from "../../model/training/settings.ts";
import { train } from "../../model/training/train.ts";
import { readConfig } from "../../server/config.ts";
import { checkFetched, chooseLearned, LEARNED_DATABASES } from "./choose-learned.ts";
import { trainingBar } from "./progress.ts";

/** Length of the schedule. */
export const LIVE_EPOCHS = 8;
/** Length of the schedule of each recipe of the ablation. */
export const ABLATION_EPOCHS = 3;
/** Record-wise folds of the ablation. */
const ABLATION_FOLDS = 4;
/** What --quick trains on: records of both databases that have every class between them. */
const QUICK = {
  records: ["mitdb/119", "mitdb/208", "mitdb/223", "svdb/841", "svdb/891"],
  epochs: 1,
  folds: 0,
} as const;

export interface LiveOptions {
  readonly epochs: number;
  readonly seed: number;
  readonly folds: number;
  readonly databases: readonly string[];
  /** Default: all that the databases have to learn from. */
  readonly records?: readonly string[];
  readonly jobs?: number;
  readonly out: string;
  readonly quick: boolean;
}

/** Trains the live model and writes its folder. */
export async function trainLiveModel(given: LiveOptions): Promise<void> {
  const options: LiveOptions = given.quick ? { ...given, ...QUICK } : given;
  const { PHYSIONET_DIR: dir } = readConfig();
  const records = chooseLearned(options.databases, options.records);
  await checkFetched(dir, records);
  const bar = trainingBar("held-out F1");
  bar.start("signal chain", records.length);
  const card = await train({
    ...options,
    dir,
    records,
    command: commandOf(options, records),
    onPrepare: bar.part,
    onStep: bar.step,
    onScore: (meanF1) => bar.score(meanF1.toFixed(3)),
  }).finally(() => bar.stop());
  const figures = Object.entries(card.folds.databases ?? {}).map(
    ([name, { meanF1 }]) => `${name} ${meanF1.toFixed(3)}`,
  );
  const reached = figures.length > 0 ? `; mean F1 of N, S, V in the folds: ${figures.join(", ")}` : "";
  console.log(`model ${card.hash.slice(0, 12)} written to ${options.out}${reached}`);
}

export interface AblationOptions {
  readonly epochs: number;
  readonly seed: number;
  /** Of the finalists. */
  readonly seeds: number;
  readonly databases: readonly string[];
  readonly jobs?: number;
  /** Folder of the live model, where ablation.json goes. */
  readonly out: string;
}

/** Cross-validates the live recipe, what it is made of, and the floor; prints and writes the table. */
export async function ablateLiveModel({ epochs, seed, seeds, databases, jobs, out }: AblationOptions): Promise<void> {
  const { PHYSIONET_DIR: dir } = readConfig();
  const records = chooseLearned(databases, undefined);
  await checkFetched(dir, records);
  const bar = trainingBar("");
  bar.start("signal chain", records.length);
  const pool = openJobPool(jobs ?? availableParallelism());
  try {
    const { onStep } = createProgress(fitsOfAblation(ABLATION_FOLDS, seeds), epochs, bar.step);
    const ablation = await ablate(
      {
        tf: loadTensorflow(),
        fit: fitInPool(pool),
        command: `npm run crossvalidate -- --model live${told(databases)} --epochs ${epochs} --seed ${seed} --seeds ${seeds}`,
        epochs,
        folds: ABLATION_FOLDS,
        seed,
        seeds,
        onStep,
        onRow: async (soFar) => {
          bar.score(soFar.rows.at(-1)?.folds.meanF1.toFixed(3) ?? "–");
          await writeJson(path.join(out, "ablation.json"), AblationTableSchema, soFar, 2);
        },
      },
      await prepareInPool(pool, LIVE_RECIPE, { dir, records, seed }, bar.part),
    );
    bar.stop();
    console.log(ablationTable(ablation));
  } finally {
    pool.close();
    bar.stop();
  }
}

/** What gives the same model again, wherever it is put. */
function commandOf({ databases, epochs, folds, seed }: LiveOptions, records: readonly string[]): string {
  const all = records.join() === chooseLearned(databases, undefined).join();
  const which = all ? told(databases) : ` --records ${records.join(",")}`;
  return `npm run train -- --model live${which} --epochs ${epochs} --folds ${folds} --seed ${seed}`;
}

/** The databases as an option, where they are not the default. */
const told = (databases: readonly string[]): string =>
  LEARNED_DATABASES.every((name) => databases.includes(name)) ? "" : ` --databases ${databases.join(",")}`;
