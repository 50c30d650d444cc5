import { readdir, stat } from "node:fs/promises";
import path from "node:path";

const SHOWN = 8;
/** How far below a folder records are looked for. */
const DEPTH = 3;
const MAX_FOLDERS = 500;

const FETCH = "`npm run fetch` brings MIT-BIH";

/**
 * Names of the records that have a header in `folder`, sorted; none when the folder can't be read. Names that begin with a dot are
 * no records': macOS puts `._NAME.hea` beside a file on a foreign disk.
 */
export async function listRecords(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.name.endsWith(".hea") && !entry.name.startsWith(".") && !entry.isDirectory())
    .map(({ name }) => name.slice(0, -".hea".length))
    .toSorted();
}

/**
 * What to say of a `folder` in which a record `name` was not found: that it is none, or where records lie below it, or the records
 * there that are spelt most like it.
 */
export async function nearNames(folder: string, name: string): Promise<string> {
  const fault = await faultOf(folder);
  if (fault !== null) return fault;
  const names = await listRecords(folder);
  if (names.length === 0) {
    const below = await foldersOfRecords(folder);
    if (below.length === 0) return `no records in ${folder}; ${FETCH}`;
    return `no records in ${folder} itself, but in ${listed(below)}: give one of these`;
  }
  const near = names
    .map((candidate) => ({ candidate, distance: editDistance(candidate, name.slice(0, 256)) }))
    .toSorted((a, b) => a.distance - b.distance)
    .map(({ candidate }) => candidate);
  return `${folder} has ${listed(near)}`;
}

const listed = (names: readonly string[]): string =>
  names.slice(0, SHOWN).join(", ") + (names.length > SHOWN ? ` and ${names.length - SHOWN} others` : "");

/** Why `folder` is none that can be read; null where it is one. */
async function faultOf(folder: string): Promise<string | null> {
  try {
    if (!(await stat(folder)).isDirectory()) return `${folder} is a file: give the folder it lies in`;
    await readdir(folder);
    return null;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT") return `there is no folder ${folder}; ${FETCH}`;
    if (code === "ENOTDIR") return `there is no folder ${folder}: part of its path is a file`;
    return `the folder ${folder} can't be read (${code})`;
  }
}

/** Folders below `folder` that hold records, the nearest first. */
async function foldersOfRecords(folder: string): Promise<string[]> {
  const found: string[] = [];
  let level = [folder];
  let looked = 0;
  for (let depth = 0; depth < DEPTH && level.length > 0; depth++) {
    const next: string[] = [];
    for (const parent of level) {
      const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
      for (const entry of entries) {
        if (!entry.isDirectory() || entry.name.startsWith(".") || looked++ >= MAX_FOLDERS) continue;
        const child = path.join(parent, entry.name);
        if ((await listRecords(child)).length > 0) found.push(child);
        next.push(child);
      }
    }
    level = next;
  }
  return found;
}

/** Levenshtein's: the fewest letters to insert, delete or replace. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length];
}
