import { readdir } from "node:fs/promises";
import path from "node:path";
import { BedsideError } from "../../contracts/errors.ts";
import { isBeatSymbol } from "../../data/aami.ts";
import { annotationsOf, decodeAnnotations, type WfdbAnnotation } from "../../data/wfdb/annotations.ts";
import { readBytes } from "../../data/wfdb/files.ts";
import type { WfdbRecord } from "../../data/wfdb/record.ts";
import { referenceOf } from "../../scoring/reference.ts";

const SHOWN_SYMBOLS = 8;

/**
 * The annotations of a record of `db`, with a beat among them at least: rhythms alone are no reference, by which every beat that
 * is found would be a false one. Throws UNKNOWN_RECORD, BAD_RECORD.
 */
export async function annotatedBeats(record: WfdbRecord, db: string, annotator: string): Promise<WfdbAnnotation[]> {
  const annotations = await annotationsOf(record, db, annotator);
  if (referenceOf(annotations).beats.length > 0) return annotations;
  const symbols = [...new Set(annotations.map(({ symbol }) => symbol))].slice(0, SHOWN_SYMBOLS).join(" ");
  const what = symbols === "" ? "no annotation" : `no beat, only ${symbols}`;
  const file = `${record.name}.${annotator}`;
  const others = (await readdir(db)).filter((other) => other !== file);
  const remedy = await otherAnnotators(db, record.name, others);
  throw new BedsideError("BAD_RECORD", `${path.join(db, file)} has ${what}; ${remedy}`);
}

/** Files beside a header that are no annotations, whatever their bytes look like. */
const NO_ANNOTATIONS: readonly string[] = ["hea", "dat", "mat", "edf", "bdf", "csv", "json", "txt", "xws"];
const MOST_BYTES = 4 << 20;

/** Which annotators of a record have beats. */
export async function otherAnnotators(db: string, record: string, files: Iterable<string>): Promise<string> {
  const found: string[] = [];
  for (const file of files) {
    const extension = file.startsWith(`${record}.`) ? file.slice(record.length + 1) : "";
    if (!/^[A-Za-z]\w*$/.test(extension) || NO_ANNOTATIONS.includes(extension.toLowerCase())) continue;
    if (await hasBeats(path.join(db, file))) found.push(extension);
  }
  const those = found.length === 0 ? "no file beside it has beats" : `--annotator ${found.toSorted().join(" or ")}`;
  return `name another annotator (${those})`;
}

async function hasBeats(file: string): Promise<boolean> {
  try {
    const bytes = await readBytes(file, MOST_BYTES, () => new BedsideError("UNKNOWN_RECORD", file));
    return decodeAnnotations(bytes, file).some(({ symbol }) => isBeatSymbol(symbol));
  } catch {
    return false;
  }
}
