import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { writeWhole } from "../../kit/atomic-write.ts";
import type { ReplayedRecord } from "./replay-record.ts";
import type { ReplaySetting, ReplayTask } from "./setting.ts";

const projectFolder = path.resolve(import.meta.dirname, "../..");
/** Where passes are kept; git-ignored. */
export const KEPT_FOLDER = path.join(projectFolder, ".cache", "replay");
/** The code that a record's pass depends on, beside the model. */
const SOURCES = [
  "contracts/frame.ts",
  "data/aami.ts",
  "data/injection",
  "data/noise.ts",
  "data/records.ts",
  "kit/random.ts",
  "data/wfdb",
  "model/engines",
  "scoring",
  "server/pipeline/classify.ts",
  "server/pipeline/continuity.ts",
  "server/pipeline/interpret.ts",
  "server/pipeline/run-record.ts",
  "server/pipeline/signal-stage.ts",
  "lab/replay/replay-record.ts",
  "signal",
];

type Run = (task: ReplayTask) => Promise<ReplayedRecord>;

/**
 * `run`, but what was replayed before is read from `folder`: a replay that was cut off goes on where it was. A pass is
 * kept under what it depends on: setting, model (`modelHash`), task, and `code`, by default the sources as they stand.
 */
export async function keeping(
  run: Run,
  setting: ReplaySetting,
  modelHash: string,
  { folder = KEPT_FOLDER, code }: { folder?: string; code?: string } = {},
): Promise<Run> {
  const sources = code ?? (await sourcesHash());
  return async (task) => {
    const text = JSON.stringify([sources, modelHash, setting, task], (_, value: unknown) =>
      value === Number.POSITIVE_INFINITY ? "to the end" : value,
    );
    const file = path.join(folder, `${createHash("sha256").update(text).digest("hex").slice(0, 24)}.json`);
    const kept = await readFile(file, "utf8").catch(() => null);
    if (kept !== null) return JSON.parse(kept) as ReplayedRecord;
    const result = await run(task);
    await writeWhole(file, JSON.stringify(result));
    return result;
  };
}

async function sourcesHash(): Promise<string> {
  const hash = createHash("sha256");
  for (const source of SOURCES) {
    for (const file of await filesOf(path.join(projectFolder, source))) hash.update(await readFile(file));
  }
  return hash.digest("hex");
}

async function filesOf(source: string): Promise<string[]> {
  if ((await stat(source)).isFile()) return [source];
  const names = await readdir(source, { recursive: true });
  return names
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .toSorted()
    .map((name) => path.join(source, name));
}
