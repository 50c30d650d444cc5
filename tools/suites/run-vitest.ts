import { spawn } from "node:child_process";
import { open, readFile } from "node:fs/promises";
import path from "node:path";

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

export interface Outcome {
  readonly counts: Counts;
  /** A line for each failed test or file: where it stands, its name, and the first line of why. */
  readonly failures: readonly string[];
}

const VITEST = "node_modules/vitest/vitest.mjs";

/** What vitest's JSON reporter writes, as far as it is read here. */
interface Report {
  readonly numPassedTests?: number;
  readonly numFailedTests?: number;
  readonly numPendingTests?: number;
  readonly numTodoTests?: number;
  readonly testResults?: readonly FileResult[];
}

interface FileResult {
  /** Its full path. */
  readonly name: string;
  readonly status: string;
  /** Why the file itself did not run. */
  readonly message?: string;
  readonly assertionResults: readonly {
    readonly fullName: string;
    readonly status: string;
    readonly failureMessages?: readonly string[];
  }[];
}

interface Run {
  /** Of vitest.config.ts. */
  readonly project: string;
  /** Parts of file names; none: all files. */
  readonly filters: readonly string[];
  /** Vitest writes its report there. */
  readonly reportFile: string;
  /** What runs it; default: the Node that runs this. */
  readonly node?: string | undefined;
  /** Beside another suite: one worker, which gives way, and what it prints goes to this file. */
  readonly asideTo?: string | undefined;
}

/** Runs a project of vitest.config.ts to its end, and counts. It writes its report, and to the terminal where it is not aside. */
export async function runVitest({ project, filters, reportFile, node, asideTo }: Run): Promise<Outcome> {
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile=${reportFile}`];
  const workers = asideTo === undefined ? [] : ["--maxWorkers=1"];
  const args = [VITEST, "run", "--project", project, "--passWithNoTests", ...workers, ...reporters, ...filters];
  const ok = node === undefined ? await execute(process.execPath, args, asideTo) : await executeOn(node, args, asideTo);
  const report = JSON.parse(await readFile(reportFile, "utf8").catch(() => "{}")) as Report;
  const counts = {
    passed: report.numPassedTests ?? 0,
    failed: report.numFailedTests ?? 0,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  };
  // A suite can fail without a failed test: a file that does not load, an unhandled rejection.
  if (!ok && counts.failed === 0) counts.failed = 1;
  return { counts, failures: (report.testResults ?? []).flatMap(failuresOf) };
}

function failuresOf({ name, status, message, assertionResults }: FileResult): string[] {
  const file = path.relative(process.cwd(), name);
  const failed = assertionResults.filter((test) => test.status === "failed");
  if (failed.length === 0) return status === "failed" ? [`${file}: ${firstLine(message)}`] : [];
  return failed.map(
    ({ fullName, failureMessages }) => `${file}: ${fullName.trim()}: ${firstLine(failureMessages?.[0])}`,
  );
}

const firstLine = (text = ""): string => text.trim().split("\n", 1)[0];

/** With the folder of that Node in front, so that what tests start by name is of the same version. */
function executeOn(node: string, args: readonly string[], asideTo?: string): Promise<boolean> {
  return execute("sh", ["-c", 'PATH="$0:$PATH" exec "$@"', path.dirname(node), node, ...args], asideTo);
}

/** In front of a program that runs aside: it gives way from its first instruction on, and what it starts, too. */
const ASIDE = ["nice", "-n", "10"] as const;

/** Runs a program that writes to this one's terminal, or aside to a file; whether it ended well. */
export async function execute(file: string, args: readonly string[], asideTo?: string): Promise<boolean> {
  const log = asideTo === undefined ? null : await open(asideTo, "w");
  const output = log?.fd ?? "inherit";
  const ok = await new Promise<boolean>((resolve) => {
    const [program, ...rest] = log ? [...ASIDE, file, ...args] : [file, ...args];
    const child = spawn(program, rest, { stdio: ["ignore", output, output] });
    child.on("error", () => resolve(false));
    child.on("exit", (code) => resolve(code === 0));
  });
  await log?.close();
  return ok;
}
