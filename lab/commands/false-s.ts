import { Option } from "commander";
import { type FalseS, FalseSSchema } from "../../contracts/false-s.ts";
import { command, run } from "../../kit/cli/command.ts";
import { logOpening, readCard } from "../../model/card/live-folder.ts";
import { loadClassifier } from "../../model/load.ts";
import { readConfig } from "../../server/config.ts";
import { unloggedNote } from "../evaluation/opening.ts";
import { measureFalseS } from "../false-s/measure.ts";
import { holdOutsIn, openingsOf } from "../false-s/opening.ts";
import { falseSTable } from "../false-s/table.ts";
import { writeJson } from "../json-file.ts";
import { tellLeftOut } from "../left-out.ts";
import { makeRoom } from "../output.ts";
import { progressBar } from "../progress.ts";
import { redactCommand } from "../redaction.ts";

interface Options {
  readonly split: FalseS["split"];
  readonly json?: string;
  readonly logOpening: boolean;
}

const program = command(
  "false-s",
  "Counts the beats that the live pipeline calls S in atrial fibrillation, where there is none.",
)
  .addOption(
    new Option("--split <name>", "development: DS1 and a half of the strips; report: DS2 and the other half, hold-outs")
      .choices(["development", "report"])
      .default("development"),
  )
  .option("--json <file>", "where the figures go")
  .option("--log-opening", "enter the figures of the report split, a hold-out, in the model's card", false)
  .addHelpText(
    "after",
    `
In MIT-BIH's stretches of fibrillation and flutter a beat called S is false where the annotators' is not S; in the strips of the CinC
Challenge 2017 that are in fibrillation every one is. Strips in sinus rhythm and of other rhythms are told apart.
Variables: PHYSIONET_DIR, where npm run fetch -- mitdb challenge-2017 puts recordings; MODEL and ENGINE, as for the worker.`,
  )
  .action(async ({ split, json, logOpening: log }: Options) => {
    await makeRoom({ files: [json] });
    const { MODEL, ENGINE, PHYSIONET_DIR } = readConfig();
    const classifier = await loadClassifier(MODEL, ENGINE);
    const line = redactCommand("false-s", process.argv.slice(2), MODEL);
    const date = new Date();
    const bar = progressBar("[{bar}] {value}/{total} records  {record}  {eta_formatted} left", { etaBuffer: 50 });
    bar.start(1, 0, { record: "" });
    const result = await measureFalseS({
      dir: PHYSIONET_DIR,
      split,
      command: line,
      date,
      classifier,
      trainedOn: (await readCard(MODEL)).training.records,
      onProgress: (done, total, record) => {
        bar.setTotal(total);
        bar.update(done, { record });
      },
    }).finally(() => bar.stop());
    await classifier.close();
    console.log(falseSTable(result));
    if (json !== undefined) await writeJson(json, FalseSSchema, result, 2);
    const looked = holdOutsIn(result);
    if (log) for (const opening of openingsOf(result)) await logOpening(MODEL, opening);
    else if (looked.length > 0) console.error(`\n${unloggedNote(looked)}`);
    tellLeftOut(result.leftOut ?? []);
  });

await run(program);
