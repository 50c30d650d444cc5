import { lstat, open } from "node:fs/promises";
import path from "node:path";
import { BedsideError } from "../../contracts/errors.ts";
import { type WfdbAnnotation, writeAnnotations } from "../../data/wfdb/annotations.ts";
import { codeOf } from "../../data/wfdb/symbols.ts";
import type { ScoredBeat } from "../../scoring/reference.ts";

/** Where what was found goes, and the model that found it. */
export interface FoundFiles {
  readonly folder: string;
  readonly extension: string;
}

/** Extensions of signals, headers, references and results: never of what a program found. */
const RESERVED: readonly string[] = ["hea", "dat", "mat", "edf", "bdf", "atr", "ari", "ecg", "json", "csv", "html"];
const NOTE = '"';
/** Begins the note that every file of ours begins with; WFDB's tools pass over notes. */
const MARK = "Bedside ";
/** Of a file: the note's code and its text's, two bytes each, and then the mark. */
const MARK_AT = 4;
const HEAD_LENGTH = MARK_AT + MARK.length;

/** Throws BAD_ARGUMENT for an extension that is not to be written, `annotator`'s among them; case does not matter. */
export function checkExtension(extension: string, annotator: string): void {
  if ([...RESERVED, annotator.toLowerCase()].includes(extension.toLowerCase())) {
    throw new BedsideError(
      "BAD_ARGUMENT",
      `--write-annotations ${extension} is an extension of records, references or results: choose another, e.g. bed`,
    );
  }
}

/**
 * Throws BAD_ARGUMENT where a file is in the way that Bedside did not write: whatever the folder's spelling, and whether it
 * is a link. Its own are written over.
 */
export async function refuseForeign({ folder, extension }: FoundFiles, records: readonly string[]): Promise<void> {
  for (const record of records) {
    const file = path.join(folder, `${record}.${extension}`);
    if ((await isThere(file)) && !(await isOwn(file))) {
      throw new BedsideError(
        "BAD_ARGUMENT",
        `${file} is there and is not Bedside's own: choose another extension or folder (--write-annotations, --to)`,
      );
    }
  }
}

/** Writes what was found in a record, behind a note that says who found it. Throws as `refuseForeign`. */
export async function writeFound(
  files: FoundFiles,
  record: string,
  beats: readonly ScoredBeat[],
  model: { readonly name: string; readonly hash: string },
): Promise<void> {
  const plain = { subtype: 0, channel: 0, number: 0, aux: "" } as const;
  const note: WfdbAnnotation = { ...plain, sample: 0, symbol: NOTE, aux: `${MARK}${model.name} ${model.hash}` };
  const found = beats.map(({ sample, beatClass }) => ({ ...plain, sample, symbol: beatClass }));
  // Again: scoring takes its time, and somebody else may have written meanwhile.
  await refuseForeign(files, [record]);
  await writeAnnotations(files.folder, record, files.extension, [note, ...found]);
}

const isThere = (file: string): Promise<boolean> =>
  lstat(file).then(
    () => true,
    () => false,
  );

async function isOwn(file: string): Promise<boolean> {
  const handle = await open(file, "r").catch(() => null);
  if (handle === null) return false;
  try {
    const head = Buffer.alloc(HEAD_LENGTH);
    const { bytesRead } = await handle.read(head, 0, HEAD_LENGTH, 0);
    if (bytesRead < HEAD_LENGTH) return false;
    return head.readUInt16LE(0) === codeOf(NOTE) << 10 && head.toString("latin1", MARK_AT) === MARK;
  } catch {
    // A folder, or what can't be read: not ours.
    return false;
  } finally {
    await handle.close();
  }
}
