import { SingleBar } from "cli-progress";
import { BedsideError } from "../../contracts/errors.ts";
import { DS1, DS2 } from "../../data/splits.ts";
import { hasRecords } from "../../data/records.ts";
import { ensureTensorflow } from "../../model/tensorflow/ensure-tensorflow.ts";
import { train } from "../../model/training/train.ts";
import { readConfig } from "../config.ts";
import { list, wholeNumber } from "./options.ts";
import { command, run } from "./run.ts";

interface Options {
  readonly epochs: number;
  readonly seed: number;
  readonly folds: number;
  readonly records: string[];
  readonly out: string;
  readonly quick: boolean;
}

/** What --quick trains on: three records that have every class between them. */
const QUICK = { records: ["119", "208", "223"], epochs: 1, folds: 0 } as const;

const program = command("train", "Train the live model on DS1 with tfjs-node and write its folder")
  .option("--epochs <n>", "length of the schedule; the folds choose where to stop", wholeNumber(1, 1000), 12)
  .option("--seed <n>", "for weights, noise and order", wholeNumber(0, 2 ** 31 - 1), 1)
  .option("--folds <n>", "record-wise folds; 0: none", wholeNumber(0, 22), 4)
  .option("--records <names>", "comma-separated, of DS1", list, [...DS1])
  .option("--out <folder>", "where the model goes", "model/artifacts/live")
  .option("--quick", "one epoch on three records, to see it run", false)
  .action(async (given: Options) => {
    const options: Options = given.quick ? { ...given, ...QUICK, records: [...QUICK.records] } : given;
    const { PHYSIONET_DIR: dir } = readConfig();
    await checkRecords(dir, options.records);
    await ensureTensorflow((line) => console.error(`TensorFlow: ${line} …`));

    const bar = new SingleBar({
      format: "{what} [{bar}] {percentage}%  loss {loss}  held-out F1 {score}  {eta_formatted} left",
      fps: 2,
      noTTYOutput: true,
      notTTYSchedule: 10_000,
    });
    bar.start(Math.max(1, options.records.length), 0, { what: "signal chain", loss: "–", score: "–" });
    const card = await train({
      ...options,
      dir,
      command: commandOf(options),
      onPrepare: (done, total) => {
        bar.setTotal(total);
        bar.update(done);
      },
      onStep: (what, loss, done) => {
        bar.setTotal(1000);
        bar.update(Math.round(1000 * done), { what, loss: loss.toFixed(3) });
      },
      onScore: (meanF1) => bar.update({ score: meanF1.toFixed(3) }),
    }).finally(() => bar.stop());
    const figures = card.folds.pooled;
    const reached = figures ? `; mean F1 of N, S, V in the folds: ${figures.meanF1.toFixed(3)}` : "";
    console.log(`model ${card.hash.slice(0, 12)} written to ${options.out}${reached}`);
  });

/** What gives the same model again, wherever it is put. */
function commandOf({ epochs, folds, seed, records }: Options): string {
  const some = records.join() === DS1.join() ? "" : ` --records ${records.join(",")}`;
  return `npm run train -- --epochs ${epochs} --folds ${folds} --seed ${seed}${some}`;
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

await run(program);
