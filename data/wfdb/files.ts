import { readFile, stat } from "node:fs/promises";
import { BedsideError } from "../../contracts/errors.ts";

const WORDS = new Map([
  ["EACCES", "may not be read: change its permissions"],
  ["EPERM", "may not be read: change its permissions"],
  ["ELOOP", "is a link that leads to itself"],
  ["ENAMETOOLONG", "has too long a name"],
]);

/**
 * A file's bytes, `maxBytes` at the most. Throws what `missing` makes when there is no such file, else BAD_RECORD with the reason:
 * a folder or a pipe in its place, too large, not to be read.
 */
export async function readBytes(
  file: string,
  maxBytes: number,
  missing: (cause: unknown) => BedsideError | Promise<BedsideError>,
): Promise<Buffer> {
  try {
    const stats = await stat(file);
    if (!stats.isFile()) throw bad(file, stats.isDirectory() ? "is a folder, not a file" : "is no regular file");
    if (stats.size > maxBytes) {
      throw bad(file, `has ${stats.size} bytes, at most ${maxBytes} are read: cut it into shorter records`);
    }
    return await readFile(file);
  } catch (cause) {
    if (cause instanceof BedsideError) throw cause;
    const { code = "" } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") throw await missing(cause);
    throw bad(file, WORDS.get(code) ?? `can't be read (${code})`, cause);
  }
}

const bad = (file: string, why: string, cause?: unknown): BedsideError =>
  new BedsideError("BAD_RECORD", `${file}: ${why}`, { cause });
