import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { environmentWith } from "../server/config.ts";

const AT = /Bedside is at (http:\/\/\S+)/;
const ROOT = path.resolve(import.meta.dirname, "..");

export interface Command {
  readonly child: ChildProcess;
  /** All it has printed. */
  readonly output: () => string;
  /** Resolves when its output matches; rejects when it ends before. */
  readonly printed: (pattern: RegExp) => Promise<void>;
  /** Where it says that Bedside is, as soon as it does: http://127.0.0.1:54321. */
  readonly address: () => Promise<string>;
  /** Its exit code; null when a signal ended it. */
  readonly exited: Promise<number | null>;
}

/** A command (its file) as a process of its own, with these variables beside the machine's. */
export function startCommand(
  file: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
): Command {
  const child = spawn(process.execPath, ["--import", "tsx", file, ...args], {
    cwd: ROOT,
    env: environmentWith(variables),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      for (const look of waiting) look();
    });
  }
  const exited = new Promise<number | null>((resolve) => child.on("exit", (code) => resolve(code)));
  const printed = (pattern: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!pattern.test(text)) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
      void exited.then((code) =>
        reject(new Error(`${file} ended with ${code} before it printed ${pattern}:\n${text}`)),
      );
    });
  const address = async (): Promise<string> => {
    await printed(AT);
    return AT.exec(text)?.[1] ?? "";
  };
  return { child, output: () => text, printed, address, exited };
}

/** Everything in one process (`npm start`) at a free port of this machine. */
export const startApp = (args: readonly string[], variables: Readonly<Record<string, string>> = {}): Command =>
  startCommand("server/main/start.ts", args, { PORT: "0", HOST: "127.0.0.1", LOG_LEVEL: "warn", ...variables });

/** Ends a command as a power cut would; resolves when it is gone. */
export async function kill(command: Command | undefined): Promise<void> {
  command?.child.kill("SIGKILL");
  await command?.exited;
}
