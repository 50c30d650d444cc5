import { BedsideError } from "../../contracts/errors.ts";
import { databaseFolder } from "../records.ts";
import { readRecord, type WfdbRecord } from "../wfdb/record.ts";
import { identityInWords, identityOf, type KnownDatabase } from "./identity.ts";

/**
 * A known record of `database` under `dir` (PhysioNet's layout), known by its samples: what is trained on, or counted to a split,
 * must be what it is called. Throws UNKNOWN_RECORD or BAD_RECORD.
 */
export async function readKnownRecord(dir: string, database: KnownDatabase, name: string): Promise<WfdbRecord> {
  const record = await readRecord(databaseFolder(dir, database), name);
  checkIdentity(`${database}/${name}`, identityOf(record));
  return record;
}

/** Throws BAD_RECORD where a record that is called `expected` is another known one by its samples, or none (null). */
export function checkIdentity(expected: string, identity: string | null): void {
  if (identity === expected) return;
  const [database, name] = expected.split("/");
  const own = identity?.startsWith(`${database}/`) ? identity.slice(database.length + 1) : null;
  const what = identity === null ? "other samples" : `the samples of ${own ?? identityInWords(identity)}`;
  throw new BedsideError(
    "BAD_RECORD",
    `${name} is not ${identityInWords(expected)}, it has ${what}: npm run fetch brings it`,
  );
}
