import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { BedsideError } from "../../contracts/errors.ts";

/** Lines of a tool's output that are kept for its error message. */
const KEPT_LINES = 200;

export interface ToolResult {
  readonly code: number | null;
  /** The last lines of its output, both streams in the order they came. */
  readonly output: readonly string[];
}

/** Runs a program to its end. Rejects with TOOL_MISSING if it is not on the PATH. */
export function runTool(
  program: string,
  args: readonly string[],
  onLine: (line: string) => void = () => {},
): Promise<ToolResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    const output: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        output.push(line);
        if (output.length > KEPT_LINES) output.shift();
        onLine(line);
      });
    }
    child.on("error", (cause) =>
      reject(new BedsideError("TOOL_MISSING", `cannot run ${program}: ${cause.message}`, { cause })),
    );
    child.on("close", (code) => resolve({ code, output }));
  });
}

/** Resolves with the output of `program args`; rejects with TOOL_MISSING, naming the remedy, if it does not work. */
export async function requireTool(program: string, args: readonly string[], remedy: string): Promise<string> {
  const missing = (cause?: unknown): BedsideError =>
    new BedsideError("TOOL_MISSING", `${program} is not on the PATH or does not work: ${remedy}`, { cause });
  const { code, output } = await runTool(program, args).catch((cause: unknown) => {
    throw missing(cause);
  });
  if (code !== 0) throw missing();
  return output.join("\n");
}

/** The oldest Java that Kafka 4's broker runs on. */
const OLDEST_JAVA = 17;

/** Rejects with TOOL_MISSING unless `java` is there and recent enough. */
export async function requireJava(): Promise<void> {
  const remedy = `install Java ${OLDEST_JAVA} or newer, e.g. \`apt-get install openjdk-17-jre-headless\``;
  const output = await requireTool("java", ["-version"], remedy);
  const version = javaMajor(output);
  if (version < OLDEST_JAVA) throw new BedsideError("TOOL_MISSING", `java is version ${version}: ${remedy}`);
}

/** The major version in what `java -version` prints, e.g. 17 of `openjdk version "17.0.15"`; NaN if there is none. */
export function javaMajor(output: string): number {
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(output) ?? [];
  return Number(first === "1" ? second : first);
}
