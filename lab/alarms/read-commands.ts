import { readFile } from "node:fs/promises";
import { Type } from "typebox";
import { Value } from "typebox/value";
import { type Command, CommandRequestSchema } from "../../contracts/command.ts";
import { BedsideError } from "../../contracts/errors.ts";

/** A line of a file of commands: what a client posts, and when, from the record's first sample. */
const TimedCommandSchema = Type.Object(
  { ...CommandRequestSchema.properties, atSeconds: Type.Number({ minimum: 0 }) },
  { additionalProperties: false },
);

/** The commands of a file, one a line in JSON. Throws BAD_ARGUMENT with the line that is none. */
export async function readCommands(file: string): Promise<Omit<Command, "bed">[]> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new BedsideError("BAD_ARGUMENT", `${file} can't be read: give a file of commands, one a line`, { cause });
  });
  return text.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === "") return [];
    const { atSeconds, ...command } = commandOf(line, `${file}, line ${index + 1}`);
    return [{ ...command, atMs: 1000 * atSeconds }];
  });
}

function commandOf(line: string, place: string) {
  let value: unknown;
  try {
    value = Value.Default(TimedCommandSchema, JSON.parse(line));
  } catch (cause) {
    throw new BedsideError("BAD_ARGUMENT", `${place} is no JSON: give one command a line`, { cause });
  }
  if (Value.Check(TimedCommandSchema, value)) return value;
  const [fault] = Value.Errors(TimedCommandSchema, value);
  const where = `${fault?.instancePath ?? ""} ${fault?.message ?? ""}`.trim();
  throw new BedsideError("BAD_ARGUMENT", `${place} is no command: ${where}; e.g. ${EXAMPLE}`);
}

const EXAMPLE =
  '{"atSeconds":60,"id":"nurse-0001","action":"acknowledge","alarm":{"id":"record/record/asystole/7200","version":1},"by":"Ada"}';
