import { spawn } from "node:child_process";
import path from "node:path";
import { text } from "node:stream/consumers";
import { environmentWith } from "../server/config.ts";

const ROOT = path.resolve(import.meta.dirname, "..");

/** Runs a command's file, e.g. lab/commands/evaluate.ts, as its user would who pipes `input` in. */
export async function runCommand(
  file: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  input = "",
): Promise<{ readonly out: string; readonly err: string; readonly code: number | null }> {
  const env = environmentWith(environment);
  const child = spawn(process.execPath, ["--import", "tsx", file, ...args], { cwd: ROOT, env });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  child.stdin.end(input);
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { out, err, code };
}
