import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { BedsideError } from "../contracts/errors.ts";

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
