import { spawn } from "node:child_process";

export interface ProcessOptions {
  readonly cwd?: string;
  /** Default: this process's own. */
  readonly env?: NodeJS.ProcessEnv;
  /** After this the process and its children are killed. */
  readonly timeoutMs: number;
  /** Lets the process write to this one's standard error, e.g. for its own progress bar. */
  readonly showOutput?: boolean;
}

export interface ProcessResult {
  readonly ok: boolean;
  /** Why it failed: the end of its output, or that it was not found or too slow. */
  readonly reason: string;
  /** It could not be started because there is no such program. */
  readonly notFound: boolean;
}

const KEPT_OUTPUT = 4000;

/** Runs a program to its end; never throws. */
export function runProcess(program: string, args: readonly string[], options: ProcessOptions): Promise<ProcessResult> {
  return new Promise((resolve) => {
    const shown = options.showOutput ? 2 : "pipe";
    const child = spawn(program, args, {
      ...(options.cwd !== undefined && { cwd: options.cwd }),
      ...(options.env && { env: options.env }),
      stdio: ["ignore", shown, shown],
      detached: process.platform !== "win32",
    });
    let output = "";
    let timedOut = false;
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString("utf8")).slice(-KEPT_OUTPUT);
    };
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
    const timer = setTimeout(() => {
      timedOut = true;
      killGroup(child.pid);
    }, options.timeoutMs);
    const stop = (): void => killGroup(child.pid);
    process.once("exit", stop);

    const finish = (result: ProcessResult): void => {
      clearTimeout(timer);
      process.removeListener("exit", stop);
      resolve(result);
    };
    child.once("error", (error: NodeJS.ErrnoException) =>
      finish({ ok: false, reason: error.message, notFound: error.code === "ENOENT" }),
    );
    child.once("close", (code) => {
      const reason = timedOut ? `took longer than ${options.timeoutMs / 1000} s` : lastLines(output, 6);
      finish({ ok: code === 0 && !timedOut, reason: reason || `exit code ${code}`, notFound: false });
    });
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function lastLines(text: string, count: number): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.slice(-count).join("\n");
}
