import closeWithGrace from "close-with-grace";
import { finished } from "./command.ts";

/** A process that has not stopped by then is ended. */
const PATIENCE_MS = 30_000;
/** What a shell reports of a program that Ctrl-C ended. */
export const INTERRUPTED = 130;

/** All that close-with-grace heeds but SIGINT and SIGTERM: errors nobody caught are Node's to report, and a command that is over ends by itself. */
const NOT_HEEDED: closeWithGrace.AllEvents[] = [
  "beforeExit",
  "uncaughtException",
  "unhandledRejection",
  "SIGHUP",
  "SIGQUIT",
  "SIGILL",
  "SIGTRAP",
  "SIGABRT",
  "SIGBUS",
  "SIGFPE",
  "SIGSEGV",
  "SIGUSR2",
];

/**
 * Runs `stop` once, at the first SIGINT or SIGTERM, and ends the process with 0 when the command is over too. Where
 * either fails or takes too long, one line says so and the code is 1. A second signal ends the process at once.
 */
export function onShutdown(stop: () => Promise<unknown>): void {
  const options: closeWithGrace.Options = {
    delay: PATIENCE_MS,
    logger: false,
    skip: NOT_HEEDED,
    onSecondSignal: () => process.exit(INTERRUPTED),
    onTimeout: () => console.error(`not stopped after ${PATIENCE_MS / 1000} s: ended`),
  };
  closeWithGrace(options, async () => {
    try {
      await stop();
      await finished();
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      throw error;
    }
  });
}
