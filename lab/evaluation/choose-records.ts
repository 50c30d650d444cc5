import { readdir } from "node:fs/promises";
import path from "node:path";
import { BedsideError } from "../../contracts/errors.ts";
import type { LeftOut } from "../../contracts/scoring.ts";
import type { Split } from "../../data/splits/splits.ts";
import { listRecords, nearNames } from "../../data/wfdb/names.ts";
import { nothingLeft } from "../left-out.ts";
import { otherAnnotators } from "./read-reference.ts";

export interface Choice {
  /** A folder of WFDB records. */
  readonly db: string;
  /** Default: all of the folder. */
  readonly records?: readonly string[];
  /** In place of `records`: those of a split, by their names; no other one is read. */
  readonly split?: Pick<Split, "records">;
  /** Extension of the reference annotations. */
  readonly annotator: string;
}

/** The records to go through, in order, each once; and those that have no reference. */
export interface ChosenRecords {
  readonly records: readonly string[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * Throws UNKNOWN_RECORD where a record is named that is not there (a name is a word of its own: a wrong one is refused
 * before anything is done), and where none has reference annotations. Records of a split that are not there are left out.
 */
export async function chooseRecords({ db, records, split, annotator }: Choice): Promise<ChosenRecords> {
  const there = await checkNames(db, records ?? []);
  const files = new Set(await readdir(db));
  const absent = (split?.records ?? []).filter((name) => !there.includes(name));
  const without = absent.map((record) => ({ record, code: "UNKNOWN_RECORD", reason: `it is not in ${db}` }));
  const names = [...new Set(records ?? split?.records ?? there)].filter((name) => !absent.includes(name));
  const annotated = names.filter((name) => files.has(`${name}.${annotator}`));
  const leftOut: LeftOut[] = [...without];
  for (const record of names) {
    if (annotated.includes(record)) continue;
    const reason = `no annotations ${path.join(db, `${record}.${annotator}`)}; ${await otherAnnotators(db, record, files)}`;
    leftOut.push({ record, code: "UNKNOWN_RECORD", reason });
  }
  if (annotated.length > 0) return { records: annotated, leftOut };
  if (records || split) throw nothingLeft(leftOut, "scored");
  const [first] = leftOut;
  throw new BedsideError(
    "UNKNOWN_RECORD",
    `no record in ${db} has reference annotations (.${annotator}): ${first.record}: ${first.reason}`,
  );
}

/** The folder's records. Throws UNKNOWN_RECORD where there are none, or where `named` ones are not among them. */
export async function checkNames(db: string, named: readonly string[]): Promise<readonly string[]> {
  const there = await listRecords(db);
  if (there.length === 0) throw new BedsideError("UNKNOWN_RECORD", await nearNames(db, ""));
  const unknown = named.find((name) => !there.includes(name));
  if (unknown !== undefined) {
    throw new BedsideError("UNKNOWN_RECORD", `no record ${unknown}: ${await nearNames(db, unknown)}`);
  }
  return there;
}
