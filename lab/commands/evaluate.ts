import { mkdir } from "node:fs/promises";
import path from "node:path";
import { SingleBar } from "cli-progress";
import { InvalidArgumentError } from "commander";
import { BedsideError } from "../../contracts/errors.ts";
import { type OpeningFigures, type Scoring, ScoringSchema } from "../../contracts/scoring.ts";
import { logOpening, readCard } from "../../model/card/live-folder.ts";
import { loadClassifier } from "../../model/load.ts";
import { summaryTable } from "../../scoring/summary/table.ts";
import { classTable, qrsTable, recordTable } from "../../scoring/tables.ts";
import { readConfig } from "../../server/config.ts";
import { evaluate } from "../evaluation/evaluate.ts";
import { writeJson } from "../json-file.ts";
import { list } from "../../kit/cli/options.ts";
import { trainedOnNote } from "../evaluation/trained-on.ts";
import { command, run } from "../../kit/cli/command.ts";
import { redactCommand } from "../redaction.ts";

interface Options {
  readonly db: string;
  readonly records?: string[];
  readonly annotator: string;
  readonly lead?: string;
  readonly skip: number;
  readonly json?: string;
  readonly writeAnnotations?: string;
  readonly to?: string;
  readonly annotatedPeaks: boolean;
  readonly logOpening: boolean;
}

const program = command("evaluate", "Scores what the live pipeline says of recordings against their annotators (EC57).")
  .requiredOption(
    "--db <folder>",
    "WFDB records with reference annotations: of one segment, formats 16 and 212, any rate and lead names",
  )
  .option("--records <names>", "comma-separated (default: all that have reference annotations)", list)
  .option("--annotator <extension>", "of the reference annotations", extension, "atr")
  .option("--lead <name>", "lead to monitor, by its name, or first (default: MLII or II, else the first)")
  .option("--skip <seconds>", "what is not scored at each record's begin; EC57's learning period is 300", seconds, 0)
  .option("--json <file>", "where the figures go")
  .option("--write-annotations <extension>", "also write what was found, as WFDB annotations", extension)
  .option("--to <folder>", "where they go (default: beside the JSON)")
  .option("--annotated-peaks", "classify at the annotators' R peaks in place of those found", false)
  .option("--log-opening", "enter the figures of DS2, the hold-out, in the model's card", false)
  .addHelpText("after", "\nVariables: MODEL and ENGINE, as for the worker.")
  .action(async (options: Options) => {
    check(options);
    const { json, skip, writeAnnotations: ext } = options;
    const to = options.to ?? path.dirname(json ?? "x");
    if (json !== undefined) await mkdir(path.dirname(json), { recursive: true });
    const { MODEL, ENGINE } = readConfig();
    const classifier = await loadClassifier(MODEL, ENGINE);
    const bar = new SingleBar({
      format: "[{bar}] {value}/{total} records  {record}  {eta_formatted} left",
      noTTYOutput: true,
      notTTYSchedule: 10_000,
    });
    let started = false;
    const scoring = await evaluate({
      ...options,
      skipSeconds: skip,
      trainedOn: (await readCard(MODEL)).training.records,
      classifier,
      ...(ext === undefined ? {} : { write: { extension: ext, to } }),
      onProgress: (done, total, record) => {
        if (started) bar.update(done, { record });
        else bar.start(total, done, { record });
        started = true;
      },
    }).finally(() => bar.stop());
    await classifier.close();
    print(scoring);
    if (json !== undefined) await writeJson(json, ScoringSchema, scoring, 2);
    await noteOpening(scoring, MODEL, options.logOpening);
  });

/** Each look at the hold-out is to stand in the model's card. */
async function noteOpening({ splits, annotatedPeaks }: Scoring, model: string, log: boolean): Promise<void> {
  if (!("DS2" in splits)) return;
  if (!log) {
    console.error("\nThese records include some of DS2, the hold-out: --log-opening enters a run in the model's card.");
    return;
  }
  const line = redactCommand("evaluate", process.argv.slice(2));
  const { records, qrs, beats, without232, gate, calibration } = splits.DS2;
  const { ece, brier } = calibration.covered;
  // By the names of the JSON, in short: a card is read by people too.
  const figures: OpeningFigures = {
    records,
    annotatedPeaks,
    qrs,
    beats,
    ...(without232 && { without232: { beats: without232.beats } }),
    gate: { coverage: gate.coverage, covered: { beats: gate.covered.beats } },
    calibration: { covered: { ece, brier } },
  };
  await logOpening(model, { date: new Date().toISOString(), command: line, figures });
}

function check({ annotator, writeAnnotations, to, json }: Options): void {
  const bad = (message: string): never => {
    throw new BedsideError("BAD_ARGUMENT", message);
  };
  if (writeAnnotations === undefined) {
    if (to !== undefined) bad("--to says where annotations go: give --write-annotations too");
    return;
  }
  if (["hea", "dat", annotator].includes(writeAnnotations)) {
    bad(`--write-annotations ${writeAnnotations} would overwrite the record's own files: choose another extension`);
  }
  if (to === undefined && json === undefined) bad("--write-annotations needs --to or --json to know where to write");
}

function print(scoring: Scoring): void {
  const { records, perRecord, splits, annotatedPeaks } = scoring;
  const sets = Object.entries(splits).filter(([, split]) => split.records.length < records.length);
  const only = Object.keys(splits).length === 1 && sets.length === 0 ? Object.keys(splits)[0] : "all";
  const groups = [{ name: only, ...scoring }, ...sets.map(([name, split]) => ({ name, ...split }))];
  console.log(`${recordTable(perRecord.map((row) => ({ name: row.record, ...row })))}\n`);
  const peaks = annotatedPeaks ? "at the annotators' R peaks" : "beat by beat within 150 ms";
  console.log(`${records.length} records, ${peaks}\n\n${qrsTable(groups)}\n`);
  console.log(groups.map((group) => classTable(group.name, group.beats)).join("\n\n"));
  console.log("\nRows: the annotators; columns: the pipeline; O: missed or false. Reference Q is not scored.\n");
  console.log(groups.map((group) => summaryTable(group.name, group)).join("\n\n"));
  if (scoring.trainedOn.length > 0) console.log(`\n${trainedOnNote(scoring.trainedOn)}`);
}

function seconds(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new InvalidArgumentError("must be a number of seconds from 0.");
  return value;
}

function extension(text: string): string {
  if (!/^[A-Za-z]\w*$/.test(text)) throw new InvalidArgumentError("must be letters and digits, a letter first.");
  return text;
}

await run(program);
