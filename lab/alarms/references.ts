import { readdir } from "node:fs/promises";
import type { LeftOut } from "../../contracts/scoring.ts";
import { identityOf } from "../../data/identity/identity.ts";
import { annotationsOf } from "../../data/wfdb/annotations.ts";
import { readRecord } from "../../data/wfdb/record.ts";
import { type RhythmReference, rhythmReferenceOf } from "../../scoring/episodes/reference.ts";
import { holdOutOf } from "../evaluation/hold-out.ts";
import { throughRecords } from "../left-out.ts";

/** A record and what its annotators say; null where it has no annotations. */
export interface ReferenceOf {
  readonly record: string;
  readonly truth: RhythmReference | null;
  /** The hold-out that its annotations are of. */
  readonly holdOut: string | null;
}

/** The references of records of the folder `db`; one that can't be read joins `leftOut`. */
export async function readReferences(
  db: string,
  records: readonly string[],
  leftOut: LeftOut[],
): Promise<ReferenceOf[]> {
  const files = new Set(await readdir(db));
  return throughRecords(records, leftOut, async (name) => {
    if (!files.has(`${name}.atr`)) return { record: name, truth: null, holdOut: null };
    const recording = await readRecord(db, name);
    const truth = rhythmReferenceOf(await annotationsOf(recording, db), recording);
    return { record: name, truth, holdOut: holdOutOf(db, name, identityOf(recording)) };
  });
}
