import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const VITEST = "node_modules/vitest/vitest.mjs";

/** What vitest's JSON reporter writes, as far as it is read here. */
interface Report {
  readonly numPassedTests?: number;
  readonly numFailedTests?: number;
  readonly numPendingTests?: number;
  readonly numTodoTests?: number;
}

/**
 * Runs a project of vitest.config.ts to its end, on `node` where that is given, and counts. It writes its report, and
 * to the terminal.
 */
export async function runVitest(
  project: string,
  filters: readonly string[],
  reportFile: string,
  node?: string,
): Promise<Counts> {
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile=${reportFile}`];
  const args = [VITEST, "run", "--project", project, "--passWithNoTests", ...reporters, ...filters];
  const ok = node === undefined ? await execute(process.execPath, args) : await executeOn(node, args);
  const report = JSON.parse(await readFile(reportFile, "utf8").catch(() => "{}")) as Report;
  const counts = {
    passed: report.numPassedTests ?? 0,
    failed: report.numFailedTests ?? 0,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  };
  // A suite can fail without a failed test: a file that does not load, an unhandled rejection.
  if (!ok && counts.failed === 0) counts.failed = 1;
  return counts;
}

/** With the folder of that Node in front, so that what tests start by name is of the same version. */
function executeOn(node: string, args: readonly string[]): Promise<boolean> {
  return execute("sh", ["-c", 'PATH="$0:$PATH" exec "$@"', path.dirname(node), node, ...args]);
}

/** Runs a program that writes to this one's terminal; whether it ended well. */
export function execute(file: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(file, args, { stdio: ["ignore", "inherit", "inherit"] });
    child.on("error", () => resolve(false));
    child.on("exit", (code) => resolve(code === 0));
  });
}
