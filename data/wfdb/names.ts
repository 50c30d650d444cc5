import { readdir } from "node:fs/promises";

const SHOWN = 8;

/** Names of the records that have a header in `folder`, sorted; none when the folder can't be read. */
export async function listRecords(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch(() => []);
  return files
    .filter((file) => file.endsWith(".hea"))
    .map((file) => file.slice(0, -".hea".length))
    .toSorted();
}

/** What to say of a `folder` in which a record `name` was not found: the records there that are spelt most like it. */
export async function nearNames(folder: string, name: string): Promise<string> {
  const names = await listRecords(folder);
  if (names.length === 0) return `no records in ${folder}; \`npm run fetch\` brings MIT-BIH`;
  const near = names
    .map((candidate) => ({ candidate, distance: editDistance(candidate, name) }))
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, SHOWN)
    .map(({ candidate }) => candidate);
  return `${folder} has ${near.join(", ")}${names.length > SHOWN ? ` and ${names.length - SHOWN} others` : ""}`;
}

/** Levenshtein's: the fewest letters to insert, delete or replace. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length];
}
