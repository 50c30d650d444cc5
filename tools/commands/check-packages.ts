import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { command, run } from "../../kit/cli/command.ts";
import { readAudit, stopping } from "../packages/advisories.ts";
import { otherLicences } from "../packages/licences.ts";

const LOCK = new URL("../../package-lock.json", import.meta.url);

const program = command(
  "check:packages",
  "Asks the registry for advisories on the packages (npm audit), and looks at their licences.",
).action(async () => {
  const licences = otherLicences(JSON.parse(readFileSync(LOCK, "utf8")) as Parameters<typeof otherLicences>[0]);
  for (const licence of licences) console.error(`licence: ${licence}`);
  const advisories = readAudit(await audit());
  if (typeof advisories === "string") {
    console.warn(`npm audit: the registry does not answer, so nothing is known of advisories: ${advisories}`);
  } else {
    for (const { packageName, severity, title, id } of advisories)
      console.log(`${severity}: ${packageName}, ${title} (${id})`);
    console.log(
      `npm audit: ${advisories.length} advisories, ${stopping(advisories).length} high ones without an answer`,
    );
  }
  const isWell = licences.length === 0 && (typeof advisories === "string" || stopping(advisories).length === 0);
  process.exitCode = isWell ? 0 : 1;
});

/** npm ends with 1 where there is anything, and where it gets no answer: what it printed tells. */
const audit = (): Promise<string> =>
  new Promise((resolve) => {
    execFile("npm", ["audit", "--json"], { maxBuffer: 64 << 20, timeout: 60_000 }, (_error, out) => resolve(out));
  });

await run(program);
