import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { BedsideError } from "../../contracts/errors.ts";

/** A file a database consists of. */
export interface Listed {
  /** Path within the database's folder, never out of it. */
  readonly file: string;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

const LINE = /^([0-9a-fA-F]{64}) [ *]?(\S.*)$/;
const SAFE_PATH = /^(?!\.\.?(\/|$))[\w.-]+(\/(?!\.\.?(\/|$))[\w.-]+)*$/;

/** Whether a path that a list names stays within its folder. */
export const isSafePath = (file: string): boolean => SAFE_PATH.test(file);

/** Reads a SHA256SUMS.txt; `place` names it in errors. Throws BAD_CHECKSUM, also where a path would leave the folder. */
export function parseSums(text: string, place: string): Listed[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  return lines.map((line) => {
    const [, sha256, file] = LINE.exec(line) ?? [];
    if (sha256 === undefined) {
      throw new BedsideError("BAD_CHECKSUM", `${place}: ${JSON.stringify(line.slice(0, 80))} is no checksum and file`);
    }
    if (!isSafePath(file)) {
      throw new BedsideError("BAD_CHECKSUM", `${place}: refused, it names ${JSON.stringify(file)}, outside its folder`);
    }
    return { file, sha256: sha256.toLowerCase() };
  });
}

/** A file's SHA-256 in hexadecimal, null when it can't be read. */
export async function sha256Of(file: string): Promise<string | null> {
  const hash = createHash("sha256");
  try {
    await pipeline(createReadStream(file), hash);
  } catch {
    return null;
  }
  return hash.digest("hex");
}
