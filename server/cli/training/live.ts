import { BedsideError } from "../../../contracts/errors.ts";
import { hasRecords } from "../../../data/records.ts";
import { DS1, DS2 } from "../../../data/splits.ts";
import { train } from "../../../model/training/train.ts";
import { readConfig } from "../../config.ts";
import { trainingBar } from "./progress.ts";

/** Length of the schedule. */
export const LIVE_EPOCHS = 12;
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

/** What gives the same model again, wherever it is put. */
function commandOf({ epochs, folds, seed, records }: LiveOptions): string {
  const some = records.join() === DS1.join() ? "" : ` --records ${records.join(",")}`;
  return `npm run train -- --model live --epochs ${epochs} --folds ${folds} --seed ${seed}${some}`;
}

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
