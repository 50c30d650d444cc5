import { constants } from "node:fs";
import { access, mkdir, stat } from "node:fs/promises";
import path from "node:path";
import { BedsideError } from "../contracts/errors.ts";

/**
 * Makes the folders that results go to, before any work: what can't be written is not to be found out after an hour.
 * Throws BAD_ARGUMENT where a folder can't be made or written to, or a file's name is a folder's.
 */
export async function makeRoom({
  files = [],
  folders = [],
}: {
  readonly files?: readonly (string | undefined)[];
  readonly folders?: readonly string[];
}): Promise<void> {
  const given = files.filter((file) => file !== undefined);
  for (const folder of [...folders, ...given.map((file) => path.dirname(file))]) {
    try {
      await mkdir(folder, { recursive: true });
      await access(folder, constants.W_OK);
    } catch (cause) {
      throw new BedsideError("BAD_ARGUMENT", `${folder} can't be written to: name another folder`, { cause });
    }
  }
  for (const file of given) {
    const there = await stat(file).catch(() => null);
    if (there?.isDirectory()) throw new BedsideError("BAD_ARGUMENT", `${file} is a folder: name a file in it`);
  }
}
