import { identityInWords, identityOf } from "../../data/identity/identity.ts";
import { signalHash } from "../../data/identity/signal-hash.ts";
import { readRecord } from "../../data/wfdb/record.ts";
import { list } from "../../kit/cli/options.ts";
import { command, run } from "../../kit/cli/command.ts";
import type { LeftOut } from "../../contracts/scoring.ts";
import { checkNames } from "../evaluation/choose-records.ts";
import { nothingLeft, tellLeftOut, throughRecords } from "../left-out.ts";

const program = command(
  "identify",
  "Prints what recordings are known by, a hash of each lead's samples, record by record.",
)
  .requiredOption("--db <folder>", "WFDB records")
  .option("--records <names>", "comma-separated (default: all of the folder)", list)
  .addHelpText(
    "after",
    `
On stderr it says which of MIT-BIH's and SVDB's records they are, as far as those are known: all 48, and 56 of 78. A copy has the hashes of what it is a copy of, whatever its name, format,
gain, baseline or order of leads; one that was resampled, filtered or cut has others.`,
  )
  .action(async ({ db, records }: { db: string; records?: string[] }) => {
    const there = await checkNames(db, records ?? []);
    const leftOut: LeftOut[] = [];
    const told = await throughRecords(records ?? there, leftOut, async (name) => {
      const record = await readRecord(db, name);
      console.log([name, ...record.leads.map(signalHash)].join(" "));
      const identity = identityOf(record);
      if (identity !== null) console.error(`${name} is ${identityInWords(identity)}`);
    });
    if (told.length === 0) throw nothingLeft(leftOut, "read");
    tellLeftOut(leftOut);
  });

await run(program);
