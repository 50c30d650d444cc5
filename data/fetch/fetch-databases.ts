import path from "node:path";
import { BedsideError } from "../../contracts/errors.ts";
import { writeWhole } from "../../kit/atomic-write.ts";
import { type Database, DATABASES } from "./databases.ts";
import { download } from "./download.ts";
import { listingOf, SUMS, type Wanted } from "./listing.ts";
import { has, openSource } from "./open-source.ts";
import { type RetryOptions, retrying } from "./retry.ts";
import type { Source } from "./source.ts";

export const PHYSIONET = "https://physionet.org/files/";

const AT_ONCE = 4;
/** Files that a line names before it counts the others. */
const NAMED = 5;

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
  /** Of those, files that no checksum was there for. */
  readonly unchecked: number;
  /** Files that are listed and that the source does not have. */
  readonly missing: readonly string[];
  /** What was not as PhysioNet has it, a line for each database. */
  readonly notes: readonly string[];
}

interface Job extends Wanted {
  readonly database: string;
  readonly folder: string;
}

/**
 * Brings databases to `to`: every file checked against SHA256SUMS.txt where the source has it, nothing half-written; what an
 * interrupted run has brought is kept, the next one continues. A copy may lack records or checksums: that is told, and costs
 * nothing of the rest. Throws BAD_ARGUMENT (also where none of the files is there), BAD_CHECKSUM, DOWNLOAD_FAILED, naming the file.
 */
export async function fetchDatabases(options: FetchOptions): Promise<Fetched> {
  const { from, to, attempts = 5, pauseMs = 500, idleMs = 30_000 } = options;
  const databases = options.databases.map((name) => ({ name, ...databaseOf(name) }));
  const retries = { attempts, pauseMs };
  const probes = databases.flatMap(({ folder, records }) => [`${folder}/${SUMS}`, `${folder}/${records}`]);
  const source = await retrying(retries, () => openSource(from, probes, { idleMs }));
  const sums = new Map<string, string>();
  const jobs: Job[] = [];
  const partial = new Map<string, string>();
  for (const database of databases) {
    const { name, folder, count } = database;
    const listing = await retrying(retries, () => listingOf(source, database));
    if (listing.sums !== null) sums.set(path.join(to, folder, SUMS), listing.sums);
    else partial.set(name, `this copy has no ${SUMS}: ${listing.records} of ${count} records, taken unchecked`);
    jobs.push(...listing.files.map((file) => ({ ...file, database: name, folder })));
  }
  const results = await runAll(source, jobs, { to, ...retries }, options.onProgress);
  const lost = jobs.filter((job, i) => results[i] === "missing" && !job.optional);
  const there = jobs.filter((_, i) => results[i] !== "missing");
  const missing = lost.map(({ folder, names: [first] }) => `${folder}/${first}`);
  if (there.length === 0)
    throw new BedsideError("BAD_ARGUMENT", `${source.place(missing[0])} is not there, nor is any other`);
  for (const [file, text] of sums) await writeWhole(file, text);
  const brought = results.filter((result) => result === "brought").length;
  return {
    kept: there.length - brought,
    brought,
    unchecked: there.filter(({ sha256 }) => sha256 === null).length,
    missing,
    notes: databases.flatMap(({ name }) => noteOn(name, partial.get(name), lost)),
  };
}

function noteOn(database: string, partial: string | undefined, lost: readonly Job[]): string[] {
  const names = lost.filter((job) => job.database === database).map(({ names: [first] }) => first);
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : "";
  const without = names.length > 0 ? `listed and not there: ${names.slice(0, NAMED).join(", ")}${more}` : undefined;
  const said = [partial, without].filter((words) => words !== undefined);
  return said.length > 0 ? [`${database}: ${said.join("; ")}`] : [];
}

/** Some at once; the first failure ends all, and what is under way stays in its .part. */
async function runAll(
  source: Source,
  jobs: readonly Job[],
  options: RetryOptions & { readonly to: string },
  onProgress: FetchOptions["onProgress"],
): Promise<readonly ("brought" | "kept" | "missing")[]> {
  const fractions = jobs.map(() => 0);
  const report = (index: number, fraction: number): void => {
    fractions[index] = fraction;
    const done = fractions.reduce((sum, value) => sum + value, 0);
    onProgress?.(done, jobs.length, `${jobs[index].folder}/${jobs[index].names[0]}`);
  };
  const results = jobs.map((): "brought" | "kept" | "missing" => "missing");
  let next = 0;
  let failed = false;
  const work = async (): Promise<void> => {
    while (next < jobs.length && !failed) {
      const index = next++;
      const onFraction = (fraction: number): void => report(index, fraction);
      results[index] = await bring(source, jobs[index], { ...options, onFraction });
      report(index, 1);
    }
  };
  const stopAll = (error: unknown): never => {
    failed = true;
    throw error;
  };
  const workers = Array.from({ length: AT_ONCE }, () => work().catch(stopAll));
  const ends = await Promise.allSettled(workers);
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return results;
}

async function bring(
  source: Source,
  { names, sha256, folder }: Job,
  options: Parameters<typeof download>[3] & { readonly to: string },
): Promise<"brought" | "kept" | "missing"> {
  for (const name of names) {
    const file = `${folder}/${name}`;
    try {
      const target = path.join(options.to, folder, name);
      return (await download(source, { file, sha256 }, target, options)) ? "brought" : "kept";
    } catch (error) {
      const isGone = error instanceof BedsideError && error.code === "BAD_ARGUMENT" && !(await has(source, file));
      if (!isGone) throw error;
    }
  }
  return "missing";
}

function databaseOf(name: string): Database {
  if (!Object.hasOwn(DATABASES, name)) {
    const known = Object.keys(DATABASES).join(", ");
    throw new BedsideError("BAD_ARGUMENT", `no database ${name}; there are ${known}`);
  }
  return DATABASES[name];
}
