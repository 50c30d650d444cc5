import { Command, CommanderError } from "commander";
import { BedsideError } from "../../contracts/errors.ts";

/** Exit code for a wrong variable, argument or input; 1 is for what failed on the way. */
const USAGE = 2;
const USAGE_CODES: readonly string[] = ["BAD_CONFIG", "BAD_ARGUMENT", "BAD_POLICY", "UNKNOWN_RECORD"];

/** A command of `npm run <name>`: describe it, then hand it to `run`. */
export function command(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text) })
    .showHelpAfterError("(--help lists the options)");
}

let running: Promise<unknown> = Promise.resolve();

/** Settles when the process's command is over. */
export const finished = (): Promise<unknown> => running;

/** Parses the arguments and runs the command; an error becomes one clear line and an exit code. */
export async function run(program: Command): Promise<void> {
  running = program.parseAsync(process.argv);
  try {
    await running;
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
