import { mkdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { buildAddon, runOwnInstaller } from "./addon.ts";
import { cacheFolder, whatIsMissing } from "./place.ts";
import { provideLibrary } from "./wheel.ts";

const INSTALLER_TIMEOUT_MS = 60_000;
const LOCK_POLL_MS = 500;
const LOCK_STALE_MS = 40 * 60_000;

/**
 * Makes @tensorflow/tfjs-node loadable (its install script stays off in `npm ci`): by its own installer, failing that by
 * building its addon against the library of TensorFlow's Python wheel. Does nothing where it already is; processes that
 * start at once wait for one another. Throws TOOL_MISSING or DOWNLOAD_FAILED with the remedy.
 */
export async function ensureTensorflow(report: (line: string) => void = () => {}): Promise<void> {
  if (whatIsMissing() === null) return;
  await withLock(async () => {
    if (whatIsMissing() === null) return;
    report("running tfjs-node's own installer");
    const installed = await runOwnInstaller(INSTALLER_TIMEOUT_MS);
    if (installed.ok && whatIsMissing() === null) return;
    report("its host is out of reach: the library comes from TensorFlow's Python wheel");
    const library = await provideLibrary(report);
    report("building the addon");
    await buildAddon(library);
  });
}

/** Runs `work` while no other process does; a lock left by a killed process is taken over when it is old. */
async function withLock(work: () => Promise<void>): Promise<void> {
  const lock = join(cacheFolder(), "lock");
  await mkdir(cacheFolder(), { recursive: true });
  for (;;) {
    try {
      await mkdir(lock);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const since = await stat(lock).catch(() => null);
    if (since && Date.now() - since.mtimeMs > LOCK_STALE_MS) await rm(lock, { recursive: true, force: true });
    await sleep(LOCK_POLL_MS);
  }
  const release = (): Promise<void> => rm(lock, { recursive: true, force: true });
  try {
    await work();
  } finally {
    await release();
  }
}
