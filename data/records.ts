import { access } from "node:fs/promises";
import path from "node:path";

/** Where a PhysioNet tree (`files/`) keeps the MIT-BIH Arrhythmia Database. */
export const mitdbFolder = (dir: string): string => path.join(dir, "mitdb", "1.0.0");

/** Whether header, signals and annotations of all these MIT-BIH records have been fetched to `dir`. */
export async function hasRecords(dir: string, names: readonly string[]): Promise<boolean> {
  const files = names.flatMap((name) =>
    ["hea", "dat", "atr"].map((ext) => path.join(mitdbFolder(dir), `${name}.${ext}`)),
  );
  const there = await Promise.all(
    files.map((file) =>
      access(file).then(
        () => true,
        () => false,
      ),
    ),
  );
  return there.every(Boolean);
}
