import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { writeWhole } from "../../kit/atomic-write.ts";
import { codeHash } from "../../kit/import-graph.ts";
import type { ReplayedRecord } from "./replay-record.ts";
import type { ReplaySetting, ReplayTask } from "./setting.ts";

const projectFolder = path.resolve(import.meta.dirname, "../..");
/** Where passes are cached; git-ignored. */
const CACHE_FOLDER = path.join(projectFolder, ".cache", "replay");
/** What reads, injects, replays and scores a record. */
const ENTRY = path.join(import.meta.dirname, "setting.ts");

type Run = (task: ReplayTask) => Promise<ReplayedRecord>;

/**
 * `run`, but what was replayed before is read from `folder`: a replay that was cut off goes on where it was. A pass is
 * cached under what it depends on: setting, model (`modelHash`), task, and `code`, by default a hash of all that runs.
 */
export async function cached(
  run: Run,
  setting: ReplaySetting,
  modelHash: string,
  { folder = CACHE_FOLDER, code }: { folder?: string; code?: string } = {},
): Promise<Run> {
  const sources = code ?? (await codeHash([ENTRY], projectFolder));
  return async (task) => {
    const text = JSON.stringify([sources, modelHash, setting, task], (_, value: unknown) =>
      value === Number.POSITIVE_INFINITY ? "to the end" : value,
    );
    const file = path.join(folder, `${createHash("sha256").update(text).digest("hex").slice(0, 24)}.json`);
    const found = await readFile(file, "utf8").catch(() => null);
    if (found !== null) return JSON.parse(found) as ReplayedRecord;
    const result = await run(task);
    await writeWhole(file, JSON.stringify(result));
    return result;
  };
}
