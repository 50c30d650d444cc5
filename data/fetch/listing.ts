import { BedsideError } from "../../contracts/errors.ts";
import type { Database } from "./databases.ts";
import { has } from "./open-source.ts";
import type { Source } from "./source.ts";
import { isSafePath, parseSums } from "./sums.ts";

export const SUMS = "SHA256SUMS.txt";
const LICENCE = "LICENSE.txt";
const MAX_BYTES = 1 << 22;
/** What a record may consist of; where a copy keeps signals under another extension, the first that is there. */
const RECORD_FILES = [["hea"], ["dat", "mat"], ["atr"], ["qrs"]] as const;

/** A file of a database to be brought. */
export interface Wanted {
  /** Paths within the database's folder: the first that is there is the file. */
  readonly names: readonly string[];
  /** 64 hexadecimal digits; null where the source has no list of checksums. */
  readonly sha256: string | null;
  /** Whether nobody misses it. */
  readonly optional?: boolean;
}

export interface Listing {
  readonly files: readonly Wanted[];
  /** The list of checksums as it is; null where the source has none. */
  readonly sums: string | null;
  /** Records that the source lists; null where it lists files. */
  readonly records: number | null;
}

/**
 * What of a database is needed, by the checksums that its source lists; a source that has no such list, as partial copies may,
 * is gone through by its list of records. Throws BAD_CHECKSUM, BAD_ARGUMENT where it has neither, DOWNLOAD_FAILED.
 */
export async function listingOf(source: Source, database: Database): Promise<Listing> {
  const { folder, records, wanted, beside } = database;
  const inFolder = `${folder}/${SUMS}`;
  if (!(await has(source, inFolder))) return byRecords(source, database);
  const sums = await readText(source, inFolder);
  const others = new Set([records, LICENCE, ...beside.flat()]);
  const files = parseSums(sums, source.place(inFolder)).filter(({ file }) => wanted.test(file) || others.has(file));
  if (!files.some(({ file }) => wanted.test(file))) {
    throw new BedsideError("BAD_CHECKSUM", `${source.place(inFolder)}: lists none of the files needed`);
  }
  return { files: files.map(({ file, sha256 }) => ({ names: [file], sha256 })), sums, records: null };
}

async function byRecords(source: Source, { folder, records, wanted, beside }: Database): Promise<Listing> {
  const file = `${folder}/${records}`;
  const place = source.place(file);
  if (!(await has(source, file))) {
    throw new BedsideError("BAD_ARGUMENT", `${source.place(`${folder}/${SUMS}`)} is not there, nor is ${place}`);
  }
  const within = records.includes("/") ? records.replace(/[^/]+$/, "") : "";
  const lines = (await readText(source, file)).split(/\r?\n/).map((line) => line.trim());
  const names = [...new Set(lines.filter((line) => line !== ""))].map((line) => {
    if (isSafePath(line)) return `${within}${line}`;
    throw new BedsideError("BAD_ARGUMENT", `${place}: ${JSON.stringify(line.slice(0, 80))} is no record's name`);
  });
  const ofRecords = names
    .map((name) =>
      RECORD_FILES.map((kinds) => kinds.map((kind) => `${name}.${kind}`).filter((path) => wanted.test(path))),
    )
    .filter((files) => files.flat().length > 0);
  if (ofRecords.length === 0) throw new BedsideError("BAD_ARGUMENT", `${place}: lists none of the records needed`);
  const needed = [...ofRecords.flat().filter((paths) => paths.length > 0), ...beside, [records]];
  const files = needed.map((paths) => ({ names: paths, sha256: null }));
  return {
    files: [...files, { names: [LICENCE], sha256: null, optional: true }],
    sums: null,
    records: ofRecords.length,
  };
}

async function readText(source: Source, file: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const rest = await source.open(file, 0);
  for await (const chunk of rest?.bytes ?? []) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MAX_BYTES) throw new BedsideError("BAD_CHECKSUM", `${source.place(file)}: too long for a list`);
  }
  return Buffer.concat(chunks).toString("utf8");
}
