import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { readHeader } from "../../data/wfdb/record.ts";
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

interface CacheOptions {
  readonly folder?: string;
  /** Default: a hash of all that runs. */
  readonly code?: string;
  /** What a record's files are told by; null: they can't be read. */
  readonly hashOf?: (db: string, record: string) => Promise<string | null>;
}

/**
 * `run`, but what was replayed before is read from `folder`: a replay that was cut off goes on where it was. A pass is
 * cached under what it depends on: setting, model (`modelHash`), task, the record's files (a name may be another
 * recording's the next time), and the code.
 */
export async function cached(
  run: Run,
  setting: ReplaySetting,
  modelHash: string,
  { folder = CACHE_FOLDER, code, hashOf = filesHash }: CacheOptions = {},
): Promise<Run> {
  const sources = code ?? (await codeHash([ENTRY], projectFolder));
  const hashes = new Map<string, Promise<string | null>>();
  return async (task) => {
    const { record } = task;
    const ownHash = hashes.get(record) ?? hashOf(setting.db, record);
    hashes.set(record, ownHash);
    const files = await ownHash;
    if (files === null) return run(task);
    const text = JSON.stringify([sources, modelHash, setting, files, task], (_, value: unknown) =>
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

async function filesHash(db: string, record: string): Promise<string | null> {
  try {
    const { signals } = await readHeader(db, record);
    const names = new Set([`${record}.hea`, `${record}.atr`, ...signals.map(({ file }) => path.basename(file))]);
    const hash = createHash("sha256");
    for (const name of names) await pipeline(createReadStream(path.join(db, name)), hash, { end: false });
    return hash.digest("hex");
  } catch {
    return null;
  }
}
