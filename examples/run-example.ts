import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";

/** Runs a program by Node, with these arguments; the lines it prints, as they come. It ends with the test. */
export function runProgram(args: readonly string[]): string[] {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) createInterface(stream).on("line", (line) => lines.push(line));
  onTestFinished(() => void child.kill());
  return lines;
}

/** Runs examples/`name` as its user would. */
export const runExample = (name: string, ...args: string[]): string[] =>
  runProgram(["--import", "tsx", path.join(import.meta.dirname, name), ...args]);
