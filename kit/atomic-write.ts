import { mkdir } from "node:fs/promises";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";

/** Writes a file whole or not at all, whoever writes it at the same time or dies meanwhile; makes its folder. `mode`: who may read it, as chmod has it. */
export async function writeWhole(file: string, content: string | Uint8Array, mode?: number): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFileAtomic(
    file,
    typeof content === "string" ? content : Buffer.from(content.buffer, content.byteOffset, content.byteLength),
    mode === undefined ? {} : { mode },
  );
}
