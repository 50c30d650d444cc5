import path from "node:path";
import { BedsideError } from "../../contracts/errors.ts";
import { hasRecords } from "../../data/records.ts";
import { DS1, DS2 } from "../../data/splits/mitdb.ts";
import { AblationTableSchema } from "../../contracts/ablation.ts";
import { writeJson } from "../json-file.ts";
import { loadTensorflow } from "../../model/tensorflow/load.ts";
import { ablate, ablationTable, RECIPES } from "../../model/training/ablation.ts";
import { prepareRecords } from "../../model/training/records/prepare.ts";
import { LIVE_RECIPE } from "../../model/training/settings.ts";
import { train } from "../../model/training/train.ts";
import { readConfig } from "../../server/config.ts";
import { trainingBar } from "./progress.ts";

/** Length of the schedule. */
export const LIVE_EPOCHS = 10;
/** Length of the schedule of each recipe of the ablation. */
export const ABLATION_EPOCHS = 5;
/** Record-wise folds of the ablation. */
const ABLATION_FOLDS = 4;
/** What --quick trains on: three records that have every class between them. */
const QUICK = { records: ["119", "208", "223"], epochs: 1, folds: 0 } as const;

export interface LiveOptions {
  readonly epochs: number;
  readonly seed: number;
  readonly folds: number;
  readonly records: readonly string[];
  readonly out: string;
  readonly quick: boolean;
}

/** Trains the live model and writes its folder. */
export async function trainLiveModel(given: LiveOptions): Promise<void> {
  const options: LiveOptions = given.quick ? { ...given, ...QUICK } : given;
  const { PHYSIONET_DIR: dir } = readConfig();
  await checkRecords(dir, options.records);
  const bar = trainingBar("held-out F1");
  bar.start("signal chain", options.records.length);
  const card = await train({
    ...options,
    dir,
    command: commandOf(options),
    onPrepare: bar.part,
    onStep: bar.step,
    onScore: (meanF1) => bar.score(meanF1.toFixed(3)),
  }).finally(() => bar.stop());
  const figures = card.folds.pooled;
  const reached = figures ? `; mean F1 of N, S, V in the folds: ${figures.meanF1.toFixed(3)}` : "";
  console.log(`model ${card.hash.slice(0, 12)} written to ${options.out}${reached}`);
}

export interface AblationOptions {
  readonly epochs: number;
  readonly seed: number;
  /** Folder of the live model, where ablation.json goes. */
  readonly out: string;
}

/** Cross-validates the live recipe, what it is made of, and the floor; prints and writes the table. */
export async function ablateLiveModel({ epochs, seed, out }: AblationOptions): Promise<void> {
  const { PHYSIONET_DIR: dir } = readConfig();
  await checkRecords(dir, DS1);
  const bar = trainingBar("");
  bar.start("signal chain", DS1.length);
  const recipes = 1 + RECIPES.length;
  const begun = new Set<string>();
  try {
    const prepared = await prepareRecords({ ...LIVE_RECIPE, dir, records: [...DS1], seed, onProgress: bar.part });
    const ablation = await ablate(
      {
        tf: loadTensorflow(),
        command: `npm run crossvalidate -- --model live --epochs ${epochs} --seed ${seed}`,
        epochs,
        folds: ABLATION_FOLDS,
        seed,
        onStep: (what, loss, epoch, step, steps) => {
          begun.add(what);
          const fits = recipes * ABLATION_FOLDS;
          bar.step(what, loss, (begun.size - 1 + (epoch + step / steps) / epochs) / fits);
        },
        onRow: async (soFar) => {
          bar.score(soFar.rows.at(-1)?.folds.meanF1.toFixed(3) ?? "–");
          await writeJson(path.join(out, "ablation.json"), AblationTableSchema, soFar, 2);
        },
      },
      prepared,
    );
    bar.stop();
    console.log(ablationTable(ablation));
  } finally {
    bar.stop();
  }
}

/** What gives the same model again, wherever it is put. */
function commandOf({ epochs, folds, seed, records }: LiveOptions): string {
  const some = records.join() === DS1.join() ? "" : ` --records ${records.join(",")}`;
  return `npm run train -- --model live --epochs ${epochs} --folds ${folds} --seed ${seed}${some}`;
}

/**
 * Throws where one of the records is not to be trained on, or not there. Nor is one passed over that can't be read later on: a
 * model of fewer records than its command says is another model.
 */
async function checkRecords(dir: string, records: readonly string[]): Promise<void> {
  const heldOut = records.filter((name) => DS2.includes(name));
  if (heldOut.length > 0) {
    throw new BedsideError(
      "BAD_ARGUMENT",
      `--records ${heldOut.join(",")}: of DS2, which is never trained on; take DS1's`,
    );
  }
  const unknown = records.filter((name) => !DS1.includes(name));
  if (unknown.length > 0 || records.length === 0) {
    throw new BedsideError("UNKNOWN_RECORD", `--records ${unknown.join(",")}: not of DS1; there are ${DS1.join(",")}`);
  }
  if (!(await hasRecords(dir, records))) {
    throw new BedsideError("UNKNOWN_RECORD", `records are missing in ${dir}: run npm run fetch`);
  }
}
