import { writeFile } from "node:fs/promises";
import path from "node:path";
import { Option } from "commander";
import { BEAT_CLASSES } from "../../contracts/beat.ts";
import type { LeftOut } from "../../contracts/scoring.ts";
import { countRows, PUBLISHED_COUNTS, type RowCounts } from "../../data/kachuee/counts.ts";
import { writeRowsCsv } from "../../data/kachuee/csv.ts";
import { buildRowSet, joinRowSets } from "../../data/kachuee/dataset.ts";
import { interPatientSplit, randomSplit } from "../../data/kachuee/split.ts";
import { mitdbFolder } from "../../data/records.ts";
import { MITDB } from "../../data/splits/mitdb.ts";
import { checkNames } from "../evaluation/choose-records.ts";
import { nothingLeft, tellLeftOut, throughRecords } from "../left-out.ts";
import { makeRoom } from "../output.ts";
import { progressBar } from "../progress.ts";
import { readConfig } from "../../server/config.ts";
import { wholeNumber } from "../../kit/cli/options.ts";
import { command, run } from "../../kit/cli/command.ts";

interface Options {
  readonly out: string;
  readonly split: "random" | "inter-patient";
  readonly seed: number;
}

const REMARKS: Readonly<Record<Options["split"], string>> = {
  random: "Four fifths and one fifth of each class, drawn at random: each patient's beats are in both files.",
  "inter-patient": "DS1's records and DS2's (de Chazal et al. 2004): no patient in both; paced records are in neither.",
};

const program = command(
  "dataset",
  "Make the 187-sample rows of Kachuee et al. 2018 from MIT-BIH, as Kaggle's CSV files",
)
  .requiredOption("--out <folder>", "where mitbih_train.csv and mitbih_test.csv go, about 490 MB")
  .addOption(
    new Option("--split <kind>", "what is train and what is test")
      .choices(["random", "inter-patient"])
      .default("random"),
  )
  .addHelpText(
    "after",
    `
A record that can't be read is left out and named at the end, in dataset.json too (leftOut); the exit code is 1 then.
Variables: PHYSIONET_DIR, where npm run fetch puts recordings (mitdb/1.0.0 in it).`,
  )
  .option("--seed <n>", "of the random split", wholeNumber(0, 2 ** 31 - 1), 1)
  .action(async ({ out, split: kind, seed }: Options) => {
    const { PHYSIONET_DIR: dir } = readConfig();
    await checkNames(mitdbFolder(dir), []);
    await makeRoom({ folders: [out] });
    const bar = progressBar("{what} [{bar}] {percentage}%  {eta_formatted} left");
    const leftOut: LeftOut[] = [];
    try {
      bar.start(MITDB.length, 0, { what: "records" });
      const sets = await throughRecords(MITDB, leftOut, async (name, index) => {
        bar.update(index);
        return buildRowSet(dir, [name]);
      });
      if (sets.length === 0) throw nothingLeft(leftOut, "taken");
      const set = joinRowSets(sets);
      const split = kind === "random" ? randomSplit(set.labels, seed) : interPatientSplit(set.records);
      for (const [name, indices] of Object.entries(split)) {
        bar.start(indices.length, 0, { what: `mitbih_${name}.csv` });
        const file = (suffix: string): string => path.join(out, `mitbih_${name}${suffix}.csv`);
        await writeRowsCsv(set, indices, file(""), file("_sources"), (done) => bar.update(done));
      }
      bar.stop();
      const counts = countRows(set);
      const parts = { train: countRows(set, split.train), test: countRows(set, split.test) };
      const told = { split: kind, seed, remark: REMARKS[kind], counts, published: PUBLISHED_COUNTS, ...parts, leftOut };
      await writeFile(path.join(out, "dataset.json"), `${JSON.stringify(told, null, 2)}\n`);
      console.log(describe(counts, parts, kind));
      tellLeftOut(leftOut);
    } finally {
      bar.stop();
    }
  });

function describe(
  counts: RowCounts,
  { train, test }: Readonly<Record<string, RowCounts>>,
  kind: Options["split"],
): string {
  const total = (some: RowCounts): number => Object.values(some).reduce((sum, n) => sum + n, 0);
  const line = (name: string, some: RowCounts): string =>
    [name.padEnd(10), ...[...Object.values(some), total(some)].map((n) => String(n).padStart(8))].join("");
  const away = Object.entries(PUBLISHED_COUNTS).reduce(
    (sum, [name, n]) => sum + Math.abs(n - counts[name as keyof RowCounts]),
    0,
  );
  return [
    ["".padEnd(10), ...[...BEAT_CLASSES, "all"].map((name) => name.padStart(8))].join(""),
    line("published", PUBLISHED_COUNTS),
    line("made", counts),
    line("train", train),
    line("test", test),
    away === 0
      ? "As many of each class as published: each annotated beat but the last of each record, which has no R-R interval."
      : `${away} rows more or less than published.`,
    REMARKS[kind],
  ].join("\n");
}

await run(program);
