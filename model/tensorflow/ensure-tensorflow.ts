import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { lock } from "proper-lockfile";
import { buildAddon, runOwnInstaller } from "./addon.ts";
import type { Environment } from "./environment.ts";
import { cacheFolder, whatIsMissing } from "./place.ts";
import { provideLibrary } from "./wheel.ts";

const INSTALLER_TIMEOUT_MS = 60_000;
const LOCK_POLL_MS = 500;
/** A lock that its process has not renewed for so long was left by one that was killed, and is taken over. */
const LOCK_STALE_MS = 60_000;

/**
 * Makes @tensorflow/tfjs-node loadable (its install script stays off in `npm ci`): by its own installer, failing that by
 * building its addon against the library of TensorFlow's Python wheel. Does nothing where it already is; processes that
 * start at once wait for one another. Throws TOOL_MISSING or DOWNLOAD_FAILED with the remedy.
 */
export async function ensureTensorflow(
  environment: Environment,
  report: (line: string) => void = () => {},
): Promise<void> {
  if (whatIsMissing() === null) return;
  await mkdir(cacheFolder(), { recursive: true });
  const release = await lock(cacheFolder(), {
    lockfilePath: join(cacheFolder(), "lock"),
    stale: LOCK_STALE_MS,
    retries: { forever: true, factor: 1, minTimeout: LOCK_POLL_MS },
  });
  try {
    if (whatIsMissing() === null) return;
    report("running tfjs-node's own installer");
    const installed = await runOwnInstaller(environment, INSTALLER_TIMEOUT_MS);
    if (installed.ok && whatIsMissing() === null) return;
    report("its host is out of reach: the library comes from TensorFlow's Python wheel");
    const library = await provideLibrary(report);
    report("building the addon");
    await buildAddon(environment, library);
  } finally {
    await release();
  }
}
