import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import type { Plugin } from "vite";

/** What is worth it: text, of more than a packet. */
const TEXT = /\.(js|css|html|svg)$/;
const LEAST_BYTES = 1024;

/** Lays beside each built text file what a browser may take in its place (.br, .gz), smallest once and for all. */
export function compressed(): Plugin {
  let folder = "";
  return {
    name: "compressed",
    apply: "build",
    configResolved: ({ root, build }) => {
      folder = path.resolve(root, build.outDir);
    },
    closeBundle: async () => {
      for (const name of await readdir(folder, { recursive: true })) {
        if (!TEXT.test(name)) continue;
        const file = path.join(folder, name);
        const bytes = await readFile(file);
        if (bytes.length < LEAST_BYTES) continue;
        await writeFile(`${file}.br`, await promisify(brotliCompress)(bytes));
        await writeFile(`${file}.gz`, await promisify(gzip)(bytes, { level: 9 }));
      }
    },
  };
}
