import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lockSync } from "proper-lockfile";
import { BedsideError } from "../../contracts/errors.ts";

export interface FolderLock {
  /** The broker, which may outlive the process that holds the folder. */
  heldBy(pid: number): void;
  release(): void;
}

/** A lock that has not been renewed for so long is that of a process that died. */
const STALE_MS = 5000;

/**
 * Holds `dir` for this process; throws BAD_ARGUMENT while another holds it, or a broker lives whose starter died. Two
 * brokers on one folder corrupt each other's metadata log before Kafka's own lock is tried.
 */
export function lockFolder(dir: string): FolderLock {
  const unlock = acquire(dir);
  const file = join(dir, "broker.pid");
  const broker = readPid(file);
  if (isAlive(broker)) {
    unlock();
    const remedy = `stop it, choose another folder, or, if that process is no Kafka, delete ${file}`;
    throw new BedsideError("BAD_ARGUMENT", `${dir} is in use by the Kafka of process ${broker}: ${remedy}`);
  }
  let isHeld = true;
  return {
    heldBy: (pid) => writeFileSync(file, String(pid)),
    release: () => {
      if (!isHeld) return;
      isHeld = false;
      rmSync(file, { force: true });
      unlock();
    },
  };
}

function acquire(dir: string): () => void {
  try {
    // Whoever loses the lock, by a machine that slept, still has Kafka's own.
    return lockSync(dir, { lockfilePath: join(dir, "in-use"), stale: STALE_MS, onCompromised: () => {} });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ELOCKED") throw cause;
    const remedy = `stop it, choose another folder, or, if it was killed, wait ${STALE_MS / 1000} s`;
    throw new BedsideError("BAD_ARGUMENT", `${dir} is in use by another Kafka: ${remedy}`, { cause });
  }
}

function readPid(file: string): number {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch {
    return Number.NaN;
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
