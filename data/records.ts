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

/** The modified limb lead II, on which the model was trained, and what comes near it. */
const PREFERRED_LEADS: readonly string[] = ["MLII", "II", "ML2", "LEAD II"];

/** Index of the lead to monitor: the first preferred one there is, else the first lead. */
export function pickLead(names: readonly string[]): number {
  const upper = names.map((name) => name.toUpperCase());
  for (const preferred of PREFERRED_LEADS) {
    const index = upper.indexOf(preferred);
    if (index >= 0) return index;
  }
  return 0;
}
