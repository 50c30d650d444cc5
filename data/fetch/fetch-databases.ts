import path from "node:path";
import { BedsideError } from "../../contracts/errors.ts";
import { writeWhole } from "../../kit/atomic-write.ts";
import { type Database, DATABASES } from "./databases.ts";
import { download } from "./download.ts";
import { type RetryOptions, retrying } from "./retry.ts";
import { openSource } from "./open-source.ts";
import type { Source } from "./source.ts";
import { type Listed, parseSums } from "./sums.ts";

export const PHYSIONET = "https://physionet.org/files/";

const SUMS = "SHA256SUMS.txt";
const MAX_SUMS_BYTES = 1 << 20;
const AT_ONCE = 4;

export interface FetchOptions {
  /** Keys of DATABASES. */
  readonly databases: readonly string[];
  /** URL or folder of PhysioNet's `files/` tree, or of its parent. */
  readonly from: string;
  /** Folder that becomes such a tree. */
  readonly to: string;
  readonly attempts?: number;
  readonly pauseMs?: number;
  readonly idleMs?: number;
  /** Files done, parts of files counted as fractions, of so many; `file` is the last one heard of. */
  readonly onProgress?: (done: number, total: number, file: string) => void;
}

export interface Fetched {
  /** Files that stood there already, and files brought. */
  readonly kept: number;
  readonly brought: number;
}

interface Job extends Listed {
  readonly target: string;
}

/**
 * Brings databases to `to`: every file checked against SHA256SUMS.txt, nothing half-written; what an interrupted run
 * has brought is kept, the next one continues. Throws BAD_ARGUMENT, BAD_CHECKSUM, DOWNLOAD_FAILED, naming the file.
 */
export async function fetchDatabases(options: FetchOptions): Promise<Fetched> {
  const { from, to, attempts = 5, pauseMs = 500, idleMs = 30_000 } = options;
  const databases = options.databases.map(databaseOf);
  const [{ folder: first }] = databases;
  const retries = { attempts, pauseMs };
  const source = await retrying(retries, () => openSource(from, `${first}/${SUMS}`, { idleMs }));
  const sums = new Map<string, string>();
  const jobs: Job[] = [];
  for (const { folder, wanted } of databases) {
    const text = await retrying(retries, () => readSums(source, `${folder}/${SUMS}`));
    sums.set(path.join(to, folder, SUMS), text);
    const listed = parseSums(text, source.place(`${folder}/${SUMS}`)).filter(({ file }) => wanted.test(file));
    if (listed.length === 0) {
      throw new BedsideError("BAD_CHECKSUM", `${source.place(`${folder}/${SUMS}`)}: lists none of the files needed`);
    }
    for (const { file, sha256 } of listed) {
      jobs.push({ file: `${folder}/${file}`, sha256, target: path.join(to, folder, file) });
    }
  }
  const brought = await runAll(source, jobs, retries, options.onProgress);
  for (const [file, text] of sums) await writeWhole(file, text);
  return { kept: jobs.length - brought, brought };
}

/** Some at once; the first failure ends all, and what is under way stays in its .part. */
async function runAll(
  source: Source,
  jobs: readonly Job[],
  options: RetryOptions,
  onProgress: FetchOptions["onProgress"],
): Promise<number> {
  const fractions = jobs.map(() => 0);
  const report = (index: number, fraction: number): void => {
    fractions[index] = fraction;
    const done = fractions.reduce((sum, value) => sum + value, 0);
    onProgress?.(done, jobs.length, jobs[index].file);
  };
  let next = 0;
  let brought = 0;
  let failed = false;
  const work = async (): Promise<void> => {
    while (next < jobs.length && !failed) {
      const index = next++;
      const job = jobs[index];
      const onFraction = (fraction: number): void => report(index, fraction);
      if (await download(source, job, job.target, { ...options, onFraction })) brought++;
      report(index, 1);
    }
  };
  const stopAll = (error: unknown): never => {
    failed = true;
    throw error;
  };
  const workers = Array.from({ length: AT_ONCE }, () => work().catch(stopAll));
  const results = await Promise.allSettled(workers);
  for (const result of results) if (result.status === "rejected") throw result.reason;
  return brought;
}

async function readSums(source: Source, file: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const rest = await source.open(file, 0);
  for await (const chunk of rest?.bytes ?? []) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MAX_SUMS_BYTES) throw new BedsideError("BAD_CHECKSUM", `${source.place(file)}: too long for a list`);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function databaseOf(name: string): Database {
  if (!Object.hasOwn(DATABASES, name)) {
    const known = Object.keys(DATABASES).join(", ");
    throw new BedsideError("BAD_ARGUMENT", `no database ${name}; there are ${known}`);
  }
  return DATABASES[name];
}
