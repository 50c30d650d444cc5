import path from "node:path";
import { lock } from "proper-lockfile";
import { BedsideError } from "../../contracts/errors.ts";

/** A lock that has not been renewed for so long is that of a process that died; by its number it could not be told, least of all in a container. */
const STALE_MS = 5000;
const TRY_EVERY_MS = 500;

export interface LockOptions {
  /** How long to wait for one that is held: whoever died holds it until it is stale. */
  readonly patienceMs?: number;
}

/** A folder is this process's own until what is returned is called, or it ends. Throws BAD_CONFIG while another one has it. */
export async function takeLock(
  dir: string,
  { patienceMs = STALE_MS + 2000 }: LockOptions = {},
): Promise<() => Promise<void>> {
  const retries = {
    retries: Math.ceil(patienceMs / TRY_EVERY_MS),
    minTimeout: TRY_EVERY_MS,
    maxTimeout: TRY_EVERY_MS,
  };
  try {
    // Whoever loses it, by a machine that slept, has the folder's order to lose, not its messages.
    return await lock(dir, { lockfilePath: path.join(dir, "lock"), stale: STALE_MS, retries, onCompromised: () => {} });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ELOCKED") throw cause;
    const remedy = "give each simulator its own OUTBOX";
    throw new BedsideError("BAD_CONFIG", `the outbox ${dir} is another process's: ${remedy}`, { cause });
  }
}
