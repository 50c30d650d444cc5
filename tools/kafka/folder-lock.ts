import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BedsideError } from "../../contracts/errors.ts";

export interface FolderLock {
  /** Another process that holds the folder beside this one. */
  add(pid: number): void;
  release(): void;
}

/**
 * Holds `dir` for this process; throws BAD_ARGUMENT while another that holds it lives. Two brokers on one folder corrupt
 * each other's metadata log before Kafka's own lock is tried.
 */
export function lockFolder(dir: string): FolderLock {
  const file = join(dir, "lock");
  const holder = readPids(file).find(isAlive);
  if (holder !== undefined) {
    const remedy = `stop it, choose another folder, or, if that process is no Kafka, delete ${file}`;
    throw new BedsideError("BAD_ARGUMENT", `${dir} is in use by the Kafka of process ${holder}: ${remedy}`);
  }
  const pids = [process.pid];
  rmSync(file, { force: true });
  writeFileSync(file, pids.join("\n"), { flag: "wx" });
  return {
    add: (pid) => {
      pids.push(pid);
      writeFileSync(file, pids.join("\n"));
    },
    release: () => rmSync(file, { force: true }),
  };
}

function readPids(file: string): number[] {
  try {
    return readFileSync(file, "utf8").split("\n").map(Number);
  } catch {
    return [];
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    return process.kill(pid, 0);
  } catch (cause) {
    // Somebody else's process is alive too.
    return cause instanceof Error && "code" in cause && cause.code === "EPERM";
  }
}
