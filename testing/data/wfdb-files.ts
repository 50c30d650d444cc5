import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";

/** A folder of these files, by their path in it, that is gone behind the test. Texts are written in UTF-8. */
export async function folderOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "bedside-files-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), content);
  }
  return folder;
}

/** Bytes of WFDB's format 16: the signals' samples in turn, behind `offset` other bytes. */
export function bytes16(signals: readonly ArrayLike<number>[], offset = 0): Buffer {
  const bytes = Buffer.alloc(offset + 2 * signals.length * signals[0].length, 7);
  signals.forEach((signal, s) => {
    for (let i = 0; i < signal.length; i++) bytes.writeInt16LE(signal[i], offset + 2 * (i * signals.length + s));
  });
  return bytes;
}
