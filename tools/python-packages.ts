import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { BedsideError } from "../contracts/errors.ts";
import { requireTool, runTool } from "./tool.ts";

/** Packages of Python, each as in `wfdb==4.3.1`. */
export interface PythonPackages {
  readonly requirements: readonly string[];
  /** Whose PYTHONPATH makes Python find them. */
  readonly folder: string;
}

/**
 * Puts packages of Python into a folder of their own. Does nothing where it stands. Throws TOOL_MISSING without Python's pip,
 * DOWNLOAD_FAILED with what pip said.
 */
export async function ensurePythonPackages(
  { requirements, folder }: PythonPackages,
  report: (line: string) => void,
): Promise<void> {
  if (existsSync(folder)) return;
  await requireTool(
    "python3",
    ["-m", "pip", "--version"],
    "install Python 3 with pip, e.g. `apt-get install python3-pip`",
  );
  const what = requirements.map((requirement) => requirement.replace("==", " ")).join(", ");
  report(`fetching ${what} by pip`);
  const partial = `${folder}.${process.pid}.partial`;
  await mkdir(path.dirname(folder), { recursive: true });
  const wanted = ["--quiet", "--no-input", "--only-binary", ":all:", "--target", partial, ...requirements];
  const { code, output } = await runTool("python3", ["-m", "pip", "install", ...wanted]);
  if (code !== 0) {
    await rm(partial, { recursive: true, force: true });
    const reason = output.find((line) => line.startsWith("ERROR")) ?? output.at(-1) ?? `pip ended with ${code}`;
    throw new BedsideError("DOWNLOAD_FAILED", `pip could not fetch ${what}: ${reason}`);
  }
  await rename(partial, folder).catch(() => rm(partial, { recursive: true, force: true }));
}
