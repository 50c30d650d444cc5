import path from "node:path";
import { Option } from "commander";
import { NO_AUGMENTATION } from "../../model/rows/training/settings.ts";
import { inheritedEnvironment } from "../../server/config.ts";
import { ensureTensorflow } from "../../model/tensorflow/ensure-tensorflow.ts";
import { list, power, wholeNumber } from "../../kit/cli/options.ts";
import { command, run } from "../../kit/cli/command.ts";
import { LEARNED_DATABASES } from "../training/choose-learned.ts";
import { trainAtrialFibrillationWeights } from "../training/atrial-fibrillation/train.ts";
import { trainFibrillationTrees } from "../training/fibrillation.ts";
import { LIVE_EPOCHS, trainLiveModel } from "../training/live.ts";
import { ROW_EPOCHS, trainRowModel } from "../training/rows.ts";

interface Options {
  readonly model: "live" | "rows" | "all" | "fibrillation" | "atrial-fibrillation";
  readonly epochs?: number;
  readonly seed: number;
  readonly folds: number;
  readonly databases: string[];
  readonly records?: string[];
  readonly jobs?: number;
  readonly classWeights?: number;
  readonly oversampling?: number;
  readonly focal?: number;
  readonly gmm?: number;
  readonly augmentation: boolean;
  readonly out?: string;
  readonly quick: boolean;
}

const ARTIFACTS = "model/artifacts";
const FIBRILLATION_TREES_FILE = "signal/waveform/fibrillation-trees.ts";
const ATRIAL_FIBRILLATION_WEIGHTS_FILE = "signal/rhythm/conditions/atrial/atrial-fibrillation-weights.ts";

const program = command("train", "Train the models with tfjs-node and write their folders")
  .addOption(
    new Option(
      "--model <name>",
      "live: beats of a bed in their order; rows: isolated rows of 187 samples; fibrillation: ventricular, from the waveform; atrial-fibrillation: by intervals and P waves; both without TensorFlow",
    )
      .choices(["live", "rows", "all", "fibrillation", "atrial-fibrillation"])
      .default("all"),
  )
  .option(
    "--epochs <n>",
    `length of the schedule (default: ${LIVE_EPOCHS} live, ${ROW_EPOCHS} rows)`,
    wholeNumber(1, 1000),
  )
  .option("--seed <n>", "for weights, noise and order", wholeNumber(0, 2 ** 31 - 1), 1)
  .option("--folds <n>", "live: record-wise folds, which choose where to stop; 0: none", wholeNumber(0, 66), 4)
  .option(
    "--databases <names>",
    "live: comma-separated; mitdb: DS1, the published protocol; svdb: its development half",
    list,
    [...LEARNED_DATABASES],
  )
  .option("--records <names>", "live: comma-separated, in place of whole databases, e.g. mitdb/119,svdb/802", list)
  .option(
    "--jobs <n>",
    "live: processes at a time, which change nothing but the time (default: cores)",
    wholeNumber(1, 256),
  )
  .option("--class-weights <power>", "rows: a class's weight in the loss is its rarity to this power (0.2)", power)
  .option("--oversampling <power>", "rows: a class's rows come up as often in an epoch", power)
  .option("--focal <gamma>", "rows: focal loss in place of cross-entropy", power)
  .option("--gmm <rows>", "rows: classes with fewer training rows are filled up by drawn ones", wholeNumber(100, 1e6))
  .option("--no-augmentation", "rows: each row as it is, in every epoch")
  .option(
    "--out <folder>",
    `where the model goes; with --model all, where the folders go (default: ${ARTIFACTS}, where one of DS1 alone is live-ds1)`,
  )
  .option("--quick", "a short run on a few records, to see it work", false)
  .action(async ({ model, epochs, ...options }: Options) => {
    if (model === "fibrillation") {
      await trainFibrillationTrees({ seed: options.seed, out: options.out ?? FIBRILLATION_TREES_FILE });
      return;
    }
    if (model === "atrial-fibrillation") {
      await trainAtrialFibrillationWeights({ out: options.out ?? ATRIAL_FIBRILLATION_WEIGHTS_FILE });
      return;
    }
    await ensureTensorflow(inheritedEnvironment(), (line) => console.error(`TensorFlow: ${line} …`));
    const out = (name: string): string => {
      if (model === "all") return path.join(options.out ?? ARTIFACTS, name);
      return options.out ?? path.join(ARTIFACTS, name);
    };
    if (model !== "rows") {
      const name = options.databases.join() === "mitdb" ? "live-ds1" : "live";
      await trainLiveModel({ ...options, epochs: epochs ?? LIVE_EPOCHS, out: out(name) });
    }
    if (model !== "live") {
      const { classWeights, oversampling, focal, gmm, augmentation } = options;
      const balancing = {
        ...(classWeights !== undefined && { balance: classWeights }),
        ...(oversampling !== undefined && { oversampling }),
        ...(focal !== undefined && { focal }),
        ...(gmm !== undefined && { gmm }),
        ...(!augmentation && { augmentation: NO_AUGMENTATION }),
      };
      await trainRowModel({ ...options, epochs: epochs ?? ROW_EPOCHS, out: out("rows"), balancing });
    }
  });

await run(program);
