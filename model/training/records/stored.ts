import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { deserialize, serialize } from "node:v8";
import { JUDGED_CLASSES } from "../../../contracts/beat.ts";
import { writeWhole } from "../../../kit/atomic-write.ts";
import { countTargets, type TrainingRecord } from "./record.ts";

/** A copy of a reading in the cache: a fit holds those of an epoch, not all. Plain data, which other processes are told. */
export interface StoredCopy {
  readonly file: string;
  /** SHA-256 of what is learned from. */
  readonly digest: string;
  /** Beats of each of JUDGED_CLASSES to learn from. */
  readonly targets: readonly number[];
}

/** What stands beside a stored copy; without it the copy counts as not made. */
type Summary = Omit<StoredCopy, "file">;

/** The copy in `file`, made where it is not there. */
export async function storedCopy(file: string, make: () => TrainingRecord): Promise<StoredCopy> {
  const found = await readFile(`${file}.json`, "utf8").catch(() => null);
  if (found !== null) return { file, ...(JSON.parse(found) as Summary) };
  const record = make();
  const hash = createHash("sha256").update(record.name);
  for (const part of [record.windows, record.features, record.targets]) {
    hash.update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
  }
  const summary: Summary = { digest: hash.digest("hex"), targets: countTargets([record], JUDGED_CLASSES.length) };
  await writeWhole(file, serialize(record));
  await writeWhole(`${file}.json`, JSON.stringify(summary));
  return { file, ...summary };
}

export const loadCopy = async ({ file }: StoredCopy): Promise<TrainingRecord> =>
  deserialize(await readFile(file)) as TrainingRecord;
