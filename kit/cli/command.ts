import { Command, CommanderError } from "commander";
import { BedsideError } from "../../contracts/errors.ts";
import type { Config } from "../../server/config.ts";

/** Exit code for a wrong variable, argument or input; 1 is for what failed on the way. */
const USAGE = 2;
const USAGE_CODES: readonly string[] = ["BAD_CONFIG", "BAD_ARGUMENT", "UNKNOWN_RECORD"];

/** A command of `npm run <name>`: describe it, then hand it to `run`. */
export function command(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text) })
    .showHelpAfterError("(--help lists the options)");
}

/** Parses the arguments and runs the command; an error becomes one clear line and an exit code. */
export async function run(program: Command): Promise<void> {
  try {
    await program.parseAsync(process.argv);
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : USAGE;
    } else if (error instanceof BedsideError) {
      console.error(`${program.name()}: ${error.message} [${error.code}]`);
      // What the command had opened must not keep a process that has failed.
      process.exit(USAGE_CODES.includes(error.code) ? USAGE : 1);
    } else {
      throw error;
    }
  }
}

/** Throws BAD_CONFIG for a process of its own on a bus that lives in one process. */
export function requireKafka({ BUS }: Pick<Config, "BUS">): void {
  if (BUS === "kafka") return;
  throw new BedsideError(
    "BAD_CONFIG",
    "variable BUS is memory, a bus within one process: set BUS=kafka (a broker: `npm run kafka`), or use `npm start`",
  );
}

/** Runs `stop` once, at the first SIGINT or SIGTERM; a second signal ends the process at once. */
export function onShutdown(stop: () => Promise<unknown>): void {
  let asked = false;
  const shutdown = (): void => {
    if (asked) process.exit(130);
    asked = true;
    stop().catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    });
  };
  process.on("SIGINT", shutdown);
  process.on("SIGTERM", shutdown);
}
