import path from "node:path";
import { percent } from "../../kit/figures.ts";
import { BedsideError } from "../../contracts/errors.ts";
import { writeWhole } from "../../kit/atomic-write.ts";
import { mitdbFolder } from "../../data/records.ts";
import { DS1 } from "../../data/splits/mitdb.ts";
import { describe } from "../eda/describe.ts";
import { edaPage } from "../eda/page.ts";
import type { EdaReport } from "../eda/report.ts";
import { checkNames } from "../evaluation/choose-records.ts";
import { tellLeftOut } from "../left-out.ts";
import { makeRoom } from "../output.ts";
import { progressBar } from "../progress.ts";
import { readConfig } from "../../server/config.ts";
import { list, wholeNumber } from "../../kit/cli/options.ts";
import { command, run } from "../../kit/cli/command.ts";

interface Options {
  readonly out: string;
  readonly seed: number;
  readonly records: string[];
}

const program = command("eda", "Describes MIT-BIH before any model: classes, shapes, features, noise, generated beats")
  .option("--out <folder>", "where eda.html and eda.json go", "reports/eda")
  .option("--seed <n>", "for the generators and their test", wholeNumber(0, 2 ** 31 - 1), 1)
  .option("--records <names>", "comma-separated, of DS1: whose signals and beats are described", list, [...DS1])
  .addHelpText(
    "after",
    `
A record that can't be read is left out and named at the end, in eda.json too (leftOut); the exit code is 1 then.
Variables: PHYSIONET_DIR, where npm run fetch puts recordings (mitdb/1.0.0 in it).`,
  )
  .action(async ({ out, seed, records }: Options) => {
    const { PHYSIONET_DIR: dir } = readConfig();
    const strange = records.filter((name) => !DS1.includes(name));
    if (strange.length > 0) {
      throw new BedsideError("BAD_ARGUMENT", `--records ${strange.join(",")}: not of DS1, which alone is looked into`);
    }
    await checkNames(mitdbFolder(dir), []);
    await makeRoom({ folders: [out] });
    const bar = progressBar("[{bar}] {percentage}%  {what}  {eta_formatted} left");
    bar.start(1000, 0, { what: "annotations" });
    const { report, beats } = await describe({
      dir,
      seed,
      records,
      onProgress: (share, what) => bar.update(Math.round(1000 * share), { what }),
    }).finally(() => bar.stop());
    await writeWhole(path.join(out, "eda.json"), `${JSON.stringify(report)}\n`);
    await writeWhole(path.join(out, "eda.html"), edaPage(report, beats));
    print(report);
    console.log(`written to ${path.join(out, "eda.html")} and eda.json`);
    tellLeftOut(report.leftOut);
  });

function print({ minorities, tooFew }: EdaReport): void {
  const share = (value: number): string => percent(value).padStart(7);
  console.log(
    "Classifier two-sample test: generated beats against held-out real ones (DS1; 50 % is chance, the aim 65 % at most)",
  );
  for (const { beatClass, chosen, twoSample, control, oneGaussian } of minorities) {
    const { accuracy, best } = twoSample;
    console.log(
      `${beatClass}  best ${share(best)}  (logistic ${share(accuracy.logistic)}, perceptron ${share(accuracy.perceptron)}, ` +
        `5 neighbours ${share(accuracy.neighbours)})  real from real ${share(control.best)}  one Gaussian ` +
        `${share(oneGaussian.best)}  ${chosen.size} components, ${chosen.kind}`,
    );
  }
  if (tooFew.length > 0) console.log(`${tooFew.join(", ")}: too few beats for a generator`);
}

await run(program);
