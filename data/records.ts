import { access } from "node:fs/promises";
import path from "node:path";
import { parseRecordName } from "./record-name.ts";

/** Where a PhysioNet tree (`files/`) keeps a database, by the name of its folder. */
export const databaseFolder = (dir: string, database: string): string => path.join(dir, database, "1.0.0");

/** Where it keeps the MIT-BIH Arrhythmia Database. */
export const mitdbFolder = (dir: string): string => databaseFolder(dir, "mitdb");

/** Whether header, signals and annotations of all these records of a database (MIT-BIH) have been fetched to `dir`. */
export async function hasRecords(dir: string, names: readonly string[], database = "mitdb"): Promise<boolean> {
  return (await recordsIn(dir, names, database)).length === names.length;
}

/** Those of the named records of a database (MIT-BIH) whose header, signals and annotations have been fetched to `dir`. */
export async function recordsIn(dir: string, names: readonly string[], database = "mitdb"): Promise<string[]> {
  const folder = databaseFolder(dir, database);
  const whole = await Promise.all(names.map((name) => isWhole(path.join(folder, name))));
  return names.filter((_, index) => whole[index]);
}

/** Those of the records (`database/record`) that have not been fetched to `dir` whole. */
export async function missingRecords(dir: string, names: readonly string[]): Promise<string[]> {
  const whole = await Promise.all(
    names.map((name) => {
      const { database, record } = parseRecordName(name);
      return isWhole(path.join(databaseFolder(dir, database), record));
    }),
  );
  return names.filter((_, index) => !whole[index]);
}

async function isWhole(record: string): Promise<boolean> {
  try {
    await Promise.all(["hea", "dat", "atr"].map((extension) => access(`${record}.${extension}`)));
    return true;
  } catch {
    return false;
  }
}
