import { access } from "node:fs/promises";
import path from "node:path";

/** Where a PhysioNet tree (`files/`) keeps the MIT-BIH Arrhythmia Database. */
export const mitdbFolder = (dir: string): string => path.join(dir, "mitdb", "1.0.0");

/** Whether header, signals and annotations of all these MIT-BIH records have been fetched to `dir`. */
export async function hasRecords(dir: string, names: readonly string[]): Promise<boolean> {
  return (await recordsIn(dir, names)).length === names.length;
}

/** Those of the named MIT-BIH records whose header, signals and annotations have been fetched to `dir`. */
export async function recordsIn(dir: string, names: readonly string[]): Promise<string[]> {
  const whole = await Promise.all(names.map((name) => isWhole(path.join(mitdbFolder(dir), name))));
  return names.filter((_, index) => whole[index]);
}

async function isWhole(record: string): Promise<boolean> {
  try {
    await Promise.all(["hea", "dat", "atr"].map((extension) => access(`${record}.${extension}`)));
    return true;
  } catch {
    return false;
  }
}
