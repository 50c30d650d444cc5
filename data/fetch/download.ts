import { createWriteStream } from "node:fs";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { BedsideError } from "../../contracts/errors.ts";
import { type RetryOptions, retrying } from "./retry.ts";
import type { Source } from "./source.ts";
import { sha256Of } from "./sums.ts";

/** A file of a source, and its SHA-256 in hexadecimal; null where nobody tells it. */
export interface Download {
  readonly file: string;
  readonly sha256: string | null;
}

export interface DownloadOptions extends RetryOptions {
  /** What of the file is there, 0 to 1. */
  readonly onFraction?: (fraction: number) => void;
}

/**
 * Brings a file of `source` to `target`, from where an earlier download was cut off. It stands at `target` only when its
 * SHA-256 is right; until then it grows in `target`.part. Without a SHA-256 it begins anew, and one that is as long as the
 * source's is left as it is. False when it stood there already.
 * Throws BAD_CHECKSUM, BAD_ARGUMENT (the source does not have it), DOWNLOAD_FAILED.
 */
export async function download(
  source: Source,
  from: Download,
  target: string,
  options: DownloadOptions,
): Promise<boolean> {
  if (await stands(source, from, target, options)) return false;
  const part = `${target}.part`;
  if (from.sha256 === null) await rm(part, { force: true });
  await mkdir(path.dirname(target), { recursive: true });
  let fresh = (await sizeOf(part)) === 0;
  for (;;) {
    let had = 0;
    await retrying(
      options,
      async () => {
        had = await sizeOf(part);
        await append(source, from.file, part, had, options.onFraction);
      },
      async () => (await sizeOf(part)) > had,
    );
    const found = from.sha256 === null ? null : await sha256Of(part);
    if (found === from.sha256) break;
    await rm(part, { force: true });
    if (fresh) {
      throw new BedsideError(
        "BAD_CHECKSUM",
        `${source.place(from.file)}: its SHA-256 is ${found}, SHA256SUMS.txt says ${from.sha256}; nothing of it was kept`,
      );
    }
    fresh = true;
  }
  await rename(part, target);
  return true;
}

async function stands(
  source: Source,
  { file, sha256 }: Download,
  target: string,
  options: RetryOptions,
): Promise<boolean> {
  if (sha256 !== null) return (await sha256Of(target)) === sha256;
  const size = await sizeOf(target);
  if (size === 0) return false;
  return retrying(options, async () => {
    const whole = await source.open(file, 0);
    // Reading on would cost a transfer; leaving the loop closes the connection.
    for await (const _ of whole?.bytes ?? []) break;
    return whole?.total === size;
  });
}

async function append(
  source: Source,
  file: string,
  part: string,
  have: number,
  onFraction?: (fraction: number) => void,
): Promise<void> {
  const rest = await source.open(file, have);
  if (!rest) return;
  let done = rest.offset;
  const { total, bytes } = rest;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      done += chunk.length;
      if (total !== null) onFraction?.(Math.min(1, done / total));
      yield chunk;
    }
  }
  const to = createWriteStream(part, rest.offset > 0 ? { flags: "r+", start: rest.offset } : { flags: "w" });
  try {
    await pipeline(counted, to);
  } catch (cause) {
    if (cause instanceof BedsideError) throw cause;
    throw new BedsideError("BAD_ARGUMENT", `${part} can't be written: ${String(cause)}`, { cause });
  }
}

const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );
