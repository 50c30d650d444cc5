import { Option } from "commander";
import { inheritedEnvironment } from "../../server/config.ts";
import { ensureTensorflow } from "../../model/tensorflow/ensure-tensorflow.ts";
import { list, wholeNumber } from "../../kit/cli/options.ts";
import { command, run } from "../../kit/cli/command.ts";
import { LEARNED_DATABASES } from "../training/choose-learned.ts";
import { ABLATION_EPOCHS, ablateLiveModel } from "../training/live.ts";
import { crossValidateRowModel, ROW_FOLD_EPOCHS } from "../training/rows.ts";

interface Options {
  readonly model: "live" | "rows";
  readonly kind: "random" | "records" | "both";
  readonly epochs?: number;
  readonly seed: number;
  readonly seeds: number;
  readonly databases?: string[];
  readonly jobs?: number;
  readonly out?: string;
}

/** What cross-validates each model. */
const MODELS = {
  live: ({
    databases = [...LEARNED_DATABASES],
    epochs = ABLATION_EPOCHS,
    out = "model/artifacts/live",
    ...options
  }: Options) => ablateLiveModel({ ...options, databases, epochs, out }),
  rows: ({ kind, databases = ["mitdb"], epochs = ROW_FOLD_EPOCHS, seed, out = "model/artifacts/rows" }: Options) =>
    crossValidateRowModel({ kinds: kind === "both" ? ["random", "records"] : [kind], databases, epochs, seed, out }),
};

const program = command(
  "crossvalidate",
  "Cross-validate a model's recipe, fold by fold; a run that was cut off goes on. The figures go into the rows' card, or " +
    "into live's ablation.json, where each of the recipe's parts is left out in turn",
)
  .addOption(new Option("--model <name>", "whose recipe").choices(Object.keys(MODELS)).default("rows"))
  .addOption(
    new Option("--kind <kind>", "rows: what is held out, rows at random or whole patients' records")
      .choices(["random", "records", "both"])
      .default("both"),
  )
  .option(
    "--epochs <n>",
    `of each fold (default: ${ROW_FOLD_EPOCHS} for rows, ${ABLATION_EPOCHS} for live)`,
    wholeNumber(1, 1000),
  )
  .option("--seed <n>", "of the first fold's weights and order", wholeNumber(0, 2 ** 31 - 1), 1)
  .option("--seeds <n>", "live: of the finalists, from --seed on", wholeNumber(1, 20), 3)
  .option(
    "--databases <names>",
    `that are learned from, comma-separated (default: ${LEARNED_DATABASES.join(",")} for live, mitdb for rows; mitdb,svdb ` +
      "goes with rows' --kind records, and holds out the same patients of MIT-BIH)",
    list,
  )
  .option("--jobs <n>", "live: processes at a time (default: cores)", wholeNumber(1, 256))
  .option("--out <folder>", "of the model whose figures these are (default: model/artifacts/<model>)")
  .action(async (options: Options) => {
    await ensureTensorflow(inheritedEnvironment(), (line) => console.error(`TensorFlow: ${line} …`));
    await MODELS[options.model](options);
  });

await run(program);
