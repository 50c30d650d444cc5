import path from "node:path";
import { InvalidArgumentError } from "commander";
import { BedsideError } from "../../contracts/errors.ts";
import { type Scoring, ScoringSchema } from "../../contracts/scoring.ts";
import { RhythmScoringSchema } from "../../contracts/rhythm-scoring.ts";
import { identityNamed } from "../../data/identity/identity.ts";
import { HALF_SPLITS, type HalfSplit } from "../../data/splits/half-splits.ts";
import { type Split, SPLITS } from "../../data/splits/splits.ts";
import { logOpening, readCard } from "../../model/card/live-folder.ts";
import { loadClassifier } from "../../model/load.ts";
import { summaryTable } from "../../scoring/summary/table.ts";
import { classTable, qrsTable, recordTable } from "../../scoring/tables.ts";
import { readConfig } from "../../server/config.ts";
import { chooseRecords } from "../evaluation/choose-records.ts";
import { evaluate } from "../evaluation/evaluate.ts";
import { checkExtension, refuseForeign } from "../evaluation/found-annotations.ts";
import { notesOn } from "../evaluation/notes.ts";
import { openingFiguresOf, unloggedNote } from "../evaluation/opening.ts";
import { evaluateRhythms } from "../evaluation/rhythms/evaluate-rhythms.ts";
import { rhythmOpening, rhythmText } from "../evaluation/rhythms/tell.ts";
import { writeJson } from "../json-file.ts";
import { tellLeftOut } from "../left-out.ts";
import { makeRoom } from "../output.ts";
import { progressBar } from "../progress.ts";
import { list } from "../../kit/cli/options.ts";
import { command, run } from "../../kit/cli/command.ts";
import { redactCommand } from "../redaction.ts";

interface Options {
  readonly db: string;
  readonly records?: string[];
  readonly split?: Split | HalfSplit;
  readonly rhythms: boolean;
  readonly annotator: string;
  readonly lead?: string;
  readonly skip: number;
  readonly json?: string;
  readonly writeAnnotations?: string;
  readonly to?: string;
  readonly annotatedPeaks: boolean;
  readonly logOpening: boolean;
}

/** Of the bar, to a record. */
const BAR_STEPS = 1000;

const ALL_SPLITS = [...SPLITS, ...HALF_SPLITS];
const OPTIONS = ALL_SPLITS.map(({ option }) => option).join(", ");

const program = command("evaluate", "Scores what the live pipeline says of recordings against their annotators (EC57).")
  .requiredOption(
    "--db <folder>",
    "WFDB records with reference annotations: of one segment, formats 16 and 212, 50 to 10,000 Hz",
  )
  .option("--records <names>", "comma-separated (default: all of the folder)", list)
  .option("--split <name>", `records of one split alone, in place of names: ${OPTIONS}`, splitNamed)
  .option("--annotator <extension>", "of the reference annotations", extension, "atr")
  .option(
    "--lead <name>",
    "lead to monitor, by its name, or first (default: lead II by any of its names, else the first)",
  )
  .option("--skip <seconds>", "what is not scored at each record's begin; EC57's learning period is 300", seconds, 0)
  .option("--json <file>", "where the figures go")
  .option(
    "--write-annotations <extension>",
    "also write what was found, as WFDB annotations; over no file but Bedside's own",
    extension,
  )
  .option("--to <folder>", "where they go (default: beside the JSON)")
  .option("--rhythms", "score the conditions that the monitor raises, episode by episode, in place of beats", false)
  .option("--annotated-peaks", "classify at the annotators' R peaks in place of those found", false)
  .option("--log-opening", "enter the figures of the hold-outs (DS2, report halves) in the model's card", false)
  .addHelpText(
    "after",
    `
A record that can't be scored is left out and named at the end, in the JSON too (leftOut); the exit code is 1 then.
Splits (DS1, DS2; SVDB's development and report half) and "trained on" go by what the databases' samples are, not by a record's name:
renamed copies are recognised, in another format, gain or order of leads, and one lead alone; resampled, filtered or cut ones
are not, nor are 22 of SVDB's 78 records, whose samples are not known here: they are in the figures of all records alone.
With --rhythms records may have rhythm annotations alone, or R peaks (.qrs) in place of signals (AFDB: AF is scored then, nothing else). Halves of CUDB, VFDB and
AFDB go by the folder's and the records' names.
With --split no record is read but those that have the split's names, and of those none scored that has other samples.
Variables: MODEL and ENGINE, as for the worker.`,
  )
  .action(async (given: Options) => {
    check(given);
    if (given.rhythms) return scoreRhythms(given);
    const { split, ...others } = given;
    const options = { ...others, ...(split && { split: splitOfBeats(split) }) };
    const { json, skip, writeAnnotations: ext } = options;
    const write = ext === undefined ? undefined : { extension: ext, folder: options.to ?? path.dirname(json ?? "x") };
    // Before a folder is made: what is refused leaves nothing behind.
    const { records } = await chooseRecords(options);
    if (write) await refuseForeign(write, records);
    await makeRoom({ files: [json], folders: write ? [write.folder] : [] });
    const { MODEL, ENGINE } = readConfig();
    const classifier = await loadClassifier(MODEL, ENGINE);
    const bar = recordBar();
    const scoring = await evaluate({
      ...options,
      skipSeconds: skip,
      trainedOn: (await readCard(MODEL)).training.records.map(identityNamed),
      classifier,
      ...(write && { write }),
      onProgress: bar.update,
    }).finally(bar.stop);
    await classifier.close();
    print(scoring);
    const line = redactCommand("evaluate", process.argv.slice(2), MODEL);
    if (json !== undefined) await writeJson(json, ScoringSchema, { command: line, ...scoring }, 2);
    await noteOpening(scoring, line, MODEL, options.logOpening);
    tellLeftOut(scoring.leftOut ?? []);
  });

async function scoreRhythms({ skip, json, logOpening: log, ...options }: Options): Promise<void> {
  await makeRoom({ files: [json] });
  const { MODEL, ENGINE } = readConfig();
  const classifier = await loadClassifier(MODEL, ENGINE);
  const bar = recordBar();
  const { scoring, holdOuts } = await evaluateRhythms({
    ...options,
    skipSeconds: skip,
    classifier,
    onProgress: bar.update,
  }).finally(bar.stop);
  await classifier.close();
  console.log(rhythmText(scoring));
  const line = redactCommand("evaluate", process.argv.slice(2), MODEL);
  if (json !== undefined) await writeJson(json, RhythmScoringSchema, { command: line, ...scoring }, 2);
  if (holdOuts.length > 0 && !log) console.error(`\n${unloggedNote(holdOuts.map(({ split }) => split))}`);
  for (const { split, scoring: looked } of log ? holdOuts : []) {
    const date = new Date().toISOString();
    await logOpening(MODEL, { date, command: line, split, figures: rhythmOpening(looked) });
  }
  tellLeftOut(scoring.leftOut ?? []);
}

/** A bar over records, begun with the first. */
function recordBar(): { update: (done: number, total: number, record: string) => void; stop: () => void } {
  const bar = progressBar("[{bar}] {percentage}%  {record}  {place}/{total_records}  {eta_formatted} left");
  let isBegun = false;
  return {
    update: (done, total, record) => {
      const place = Math.min(total, Math.floor(done) + 1);
      if (!isBegun) bar.start(BAR_STEPS * total, 0, { record, place, total_records: total });
      isBegun = true;
      bar.update(Math.floor(BAR_STEPS * done), { record, place });
    },
    stop: () => bar.stop(),
  };
}

/** Each look at a hold-out is to stand in the model's card. */
async function noteOpening(scoring: Scoring, line: string, model: string, log: boolean): Promise<void> {
  const looked = openingFiguresOf(scoring);
  if (looked.length === 0) return;
  if (!log) return console.error(`\n${unloggedNote(looked.map(({ split }) => split))}`);
  const date = new Date().toISOString();
  for (const { split, figures } of looked) await logOpening(model, { date, command: line, split, figures });
}

function check({ records, split, annotator, writeAnnotations, to, json, rhythms, annotatedPeaks }: Options): void {
  const bad = (message: string): never => {
    throw new BedsideError("BAD_ARGUMENT", message);
  };
  if (rhythms && (annotatedPeaks || writeAnnotations !== undefined)) {
    bad("--rhythms scores conditions: --annotated-peaks and --write-annotations are of beats");
  }
  if (records && split) bad("give --split or --records: one of the two");
  if (writeAnnotations === undefined) {
    if (to !== undefined) bad("--to says where annotations go: give --write-annotations too");
    return;
  }
  checkExtension(writeAnnotations, annotator);
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
  const notes = notesOn(scoring);
  if (notes.length > 0) console.log(`\n${notes.join("\n")}`);
}

function splitNamed(text: string): Split | HalfSplit {
  const split = ALL_SPLITS.find(({ option }) => option === text);
  if (!split) throw new InvalidArgumentError(`must be one of ${OPTIONS}.`);
  return split;
}

/** Beats are scored in splits whose samples are known. Throws BAD_ARGUMENT for another one. */
function splitOfBeats(split: Split | HalfSplit): Split {
  if ("records" in split) return split;
  throw new BedsideError("BAD_ARGUMENT", `--split ${split.option} is of rhythms: give --rhythms too`);
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
