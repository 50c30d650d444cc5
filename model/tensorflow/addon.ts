import { existsSync } from "node:fs";
import { rm, symlink } from "node:fs/promises";
import { delimiter, dirname, join, relative } from "node:path";
import { BedsideError } from "../../contracts/errors.ts";
import type { Environment } from "./environment.ts";
import { executablesFolder, packageFolder } from "./place.ts";
import { runProcess, type ProcessResult } from "./run-process.ts";

/** The package's own installer: fetches libtensorflow and a built addon from their storage host. */
export function runOwnInstaller(environment: Environment, timeoutMs: number): Promise<ProcessResult> {
  return runInPackage(environment, process.execPath, ["scripts/install.js"], timeoutMs);
}

/** Puts `library` (a folder with `include` and `lib`) in the package's place for it and builds the addon. Throws TOOL_MISSING. */
export async function buildAddon(environment: Environment, library: string): Promise<void> {
  const place = join(packageFolder(), "deps");
  await rm(place, { recursive: true, force: true });
  await symlink(relative(dirname(place), library), place);
  const result = await runInPackage(environment, "node-pre-gyp", ["install", "--build-from-source"], 600_000);
  if (!result.ok) {
    throw new BedsideError(
      "TOOL_MISSING",
      `tfjs-node's addon could not be built; it needs make, g++, python3 and Node's headers: ${result.reason}`,
    );
  }
}

async function runInPackage(
  environment: Environment,
  program: string,
  args: readonly string[],
  timeoutMs: number,
): Promise<ProcessResult> {
  const env = {
    ...environment,
    PATH: [executablesFolder(), environment.PATH ?? ""].join(delimiter),
    ...nodeHeaders(environment),
  };
  return runProcess(program, args, { cwd: packageFolder(), env, timeoutMs });
}

/** Node's headers on this machine for node-gyp, where there are any; else node-gyp downloads them. */
function nodeHeaders(environment: Environment): Record<string, string> {
  if (environment.npm_config_nodedir) return {};
  const prefix = dirname(dirname(process.execPath));
  const hasHeaders = existsSync(join(prefix, "include", "node", "node_api.h"));
  return hasHeaders ? { npm_config_nodedir: prefix } : {};
}
