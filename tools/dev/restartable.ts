import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** How long a process that was asked to end may take. */
const LEAVE_MS = 4000;

export interface Restartable {
  /** Ends the process, if it is still there, and starts it again. */
  restart(): Promise<void>;
  /** Ends it for good. */
  close(): Promise<void>;
}

export interface RestartableOptions {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** A line it has printed. */
  readonly onLine: (line: string) => void;
  /** It has ended by itself, with this code; null: by a signal. */
  readonly onEnd: (code: number | null) => void;
}

/** A process of Node that can be started again; what it says of errors goes where this process's own does. */
export function restartable({ args, environment, onLine, onEnd }: RestartableOptions): Restartable {
  let child: ChildProcess | null = null;
  let turn = Promise.resolve();
  let isWaiting = false;

  const start = (): void => {
    const started = spawn(process.execPath, args, { env: environment, stdio: ["ignore", "pipe", "inherit"] });
    child = started;
    createInterface({ input: started.stdout }).on("line", onLine);
    started.once("exit", (code) => {
      if (child !== started) return;
      child = null;
      onEnd(code);
    });
  };
  const end = async (): Promise<void> => {
    const ending = child;
    if (!ending) return;
    child = null;
    const exited = new Promise((resolve) => ending.once("exit", resolve));
    ending.kill("SIGTERM");
    const impatient = setTimeout(() => ending.kill("SIGKILL"), LEAVE_MS);
    await exited;
    clearTimeout(impatient);
  };

  start();
  return {
    restart: () => {
      // One that waits for its turn starts from what is there when it comes.
      if (!isWaiting) {
        isWaiting = true;
        turn = turn.then(end).then(() => {
          isWaiting = false;
          start();
        });
      }
      return turn;
    },
    close: () => {
      turn = turn.then(end);
      return turn;
    },
  };
}
