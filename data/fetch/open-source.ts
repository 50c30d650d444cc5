import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { BedsideError } from "../../contracts/errors.ts";
import { httpSource } from "./http-source.ts";
import type { Source, SourceOptions } from "./source.ts";

/**
 * The tree at `from`, a URL or a folder; `probes`, files of which a tree has one, tell whether `from` is `files/` or its parent.
 * Throws BAD_ARGUMENT when it is neither, DOWNLOAD_FAILED.
 */
export async function openSource(from: string, probes: readonly string[], options: SourceOptions): Promise<Source> {
  const make = (base: string): Source => (/^https?:\/\//i.test(from) ? httpSource(base, options) : folderSource(base));
  const tree = make(from);
  const inside = make(`${from.replace(/\/+$/, "")}/files`);
  for (const probe of probes) {
    if (await has(tree, probe)) return tree;
    if (await has(inside, probe)) return inside;
  }
  throw new BedsideError(
    "BAD_ARGUMENT",
    `${tree.place(probes[0])} is not there: --from takes a tree like PhysioNet's files/`,
  );
}

/** Whether a source has a file. Throws DOWNLOAD_FAILED. */
export async function has(source: Source, file: string): Promise<boolean> {
  try {
    const rest = await source.open(file, 0);
    // Reading on would cost a transfer; leaving the loop closes the connection.
    for await (const _ of rest?.bytes ?? []) break;
    return true;
  } catch (error) {
    if (error instanceof BedsideError && error.code === "BAD_ARGUMENT") return false;
    throw error;
  }
}

function folderSource(folder: string): Source {
  const place = (file: string): string => path.join(folder, file);
  return {
    place,
    open: async (file, offset) => {
      const found = await stat(place(file)).catch(() => null);
      if (!found?.isFile()) throw new BedsideError("BAD_ARGUMENT", `${place(file)} is not there`);
      if (offset > 0 && offset >= found.size) return null;
      return { offset, total: found.size, bytes: readFrom(place(file), offset) };
    },
  };
}

/** Opens the file when it is read, so that a stream that nobody reads holds nothing. */
async function* readFrom(file: string, offset: number): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file, { start: offset }) as AsyncIterable<Buffer>;
  } catch (cause) {
    throw new BedsideError("DOWNLOAD_FAILED", `${file} can't be read: ${String(cause)}`, { cause });
  }
}
