import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";

/** Runs examples/`name` as its user would; the lines it prints, as they come. It ends with the test. */
export function runExample(name: string, ...args: string[]): string[] {
  const file = path.join(import.meta.dirname, name);
  const child = spawn(process.execPath, ["--import", "tsx", file, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) createInterface(stream).on("line", (line) => lines.push(line));
  onTestFinished(() => void child.kill());
  return lines;
}
