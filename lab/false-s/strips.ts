import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { BedsideError } from "../../contracts/errors.ts";
import { databaseFolder } from "../../data/records.ts";
import { halfOf } from "../../data/splits/halves.ts";

export const STRIPS = "challenge-2017";

/** A strip of the challenge's and what its experts call its rhythm. */
export interface Strip {
  readonly name: string;
  readonly folder: string;
  /** N sinus, A fibrillation, O other, ~ too noisy. */
  readonly rhythm: string;
}

/** The third revision of the labels stands beside the strips, a copy's own among them. */
const REFERENCES = ["REFERENCE-v3.csv", "training/REFERENCE.csv"];

/** The strips of a half under `dir` (PhysioNet's layout), sorted by name. Throws UNKNOWN_RECORD where there are none, BAD_RECORD. */
export async function stripsOf(dir: string, half: "development" | "report"): Promise<Strip[]> {
  const root = databaseFolder(dir, STRIPS);
  const text = await firstOf(REFERENCES.map((file) => path.join(root, file)));
  if (text === null) {
    throw new BedsideError(
      "UNKNOWN_RECORD",
      `no labels of strips in ${root}: \`npm run fetch -- ${STRIPS}\` brings them, PHYSIONET_DIR names where they are`,
    );
  }
  const strips: Strip[] = [];
  for (const line of text.split(/\r?\n/).filter((row) => row.trim() !== "")) {
    const [, name, rhythm] = /^(A\d{5}),([NAO~])\s*$/.exec(line) ?? [];
    if (name === undefined)
      throw new BedsideError("BAD_RECORD", `${root}: ${JSON.stringify(line.slice(0, 40))} is no strip and rhythm`);
    if (halfOf(STRIPS, name) !== half) continue;
    const folder = folderOf(root, name);
    if (folder !== null) strips.push({ name, folder, rhythm });
  }
  return strips.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** PhysioNet keeps a thousand strips to a folder, copies may keep them in one; a partial copy has labels of others. */
function folderOf(root: string, name: string): string | null {
  const folders = [path.join(root, "training"), path.join(root, "training", name.slice(0, 3))];
  return folders.find((folder) => existsSync(path.join(folder, `${name}.hea`))) ?? null;
}

async function firstOf(files: readonly string[]): Promise<string | null> {
  for (const file of files) {
    const text = await readFile(file, "utf8").catch(() => null);
    if (text !== null) return text;
  }
  return null;
}
