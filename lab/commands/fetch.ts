import { DATABASES, DEFAULT_DATABASES } from "../../data/fetch/databases.ts";
import { fetchDatabases, PHYSIONET } from "../../data/fetch/fetch-databases.ts";
import { readConfig } from "../../server/config.ts";
import { progressBar } from "../progress.ts";
import { command, run } from "../../kit/cli/command.ts";

const known = Object.entries(DATABASES).map(([name, { title }]) => `  ${name.padEnd(14)} ${title}`);

const program = command("fetch", "Brings recordings from PhysioNet; continues where an earlier run was cut off.")
  .argument(
    "[databases...]",
    `which ones (default: what training and evaluation need, ${DEFAULT_DATABASES.join(", ")})`,
  )
  .option("--from <URL-or-folder>", "PhysioNet's files/ tree, or a copy of it", PHYSIONET)
  .option("--to <folder>", "where it goes (default: variable PHYSIONET_DIR, else data/files)")
  .addHelpText("after", `\nDatabases:\n${known.join("\n")}`)
  .action(async (databases: string[], options: { from: string; to?: string }) => {
    const to = options.to ?? readConfig().PHYSIONET_DIR;
    const format = "[{bar}] {percentage}%  {whole}/{total} files  {file}  {eta_formatted} left";
    const bar = progressBar(format, { fps: 5, notTTYSchedule: 2000 });
    let started = false;
    const { kept, brought, unchecked, missing, notes } = await fetchDatabases({
      ...options,
      databases: databases.length > 0 ? databases : DEFAULT_DATABASES,
      to,
      onProgress: (done, total, file) => {
        const progress = { whole: Math.floor(done), file };
        if (started) bar.update(done, progress);
        else bar.start(total, done, progress);
        started = true;
      },
    }).finally(() => bar.stop());
    const checked = unchecked === 0 ? "all match SHA256SUMS.txt" : `${unchecked} of them unchecked`;
    console.log(`${to}: ${brought} files brought, ${kept} were there; ${checked}`);
    for (const note of notes) console.error(note);
    if (missing.length > 0) process.exitCode = 1;
  });

await run(program);
