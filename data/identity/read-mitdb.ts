import { BedsideError } from "../../contracts/errors.ts";
import { mitdbFolder } from "../records.ts";
import { readRecord, type WfdbRecord } from "../wfdb/record.ts";
import { mitdbRecordOf } from "./identity.ts";

/**
 * MIT-BIH's record `name` under `dir` (PhysioNet's layout), known by its samples: what is trained on, or counted to a split,
 * must be what it is called. Throws UNKNOWN_RECORD or BAD_RECORD.
 */
export async function readMitdbRecord(dir: string, name: string): Promise<WfdbRecord> {
  const record = await readRecord(mitdbFolder(dir), name);
  checkMitdb(name, mitdbRecordOf(record));
  return record;
}

/** Throws BAD_RECORD where a record called `name` is another one of MIT-BIH's by its samples (`mitdb`), or none (null). */
export function checkMitdb(name: string, mitdb: string | null): void {
  if (mitdb === name) return;
  const what = mitdb === null ? "other samples" : `the samples of ${mitdb}`;
  throw new BedsideError("BAD_RECORD", `${name} is not MIT-BIH's ${name}, it has ${what}: npm run fetch brings it`);
}
