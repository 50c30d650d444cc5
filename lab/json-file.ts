import { readFile } from "node:fs/promises";
import type { Static, TSchema } from "typebox";
import { Value } from "typebox/value";
import { BedsideError } from "../contracts/errors.ts";
import type { Immutable } from "../contracts/schema.ts";
import { writeWhole } from "../kit/atomic-write.ts";

/** Writes a result that other commands read, checked against its schema. Throws BAD_MESSAGE where it does not fit. */
export async function writeJson<S extends TSchema>(
  file: string,
  schema: S,
  value: Immutable<Static<S>>,
  indent = 0,
): Promise<void> {
  const [fault] = Value.Errors(schema, value);
  if (fault) throw new BedsideError("BAD_MESSAGE", `${file}${fault.instancePath} ${fault.message}`);
  await writeWhole(file, `${JSON.stringify(value, null, indent)}\n`);
}

/**
 * What a command wrote; what its schema does not name is let be. Throws BAD_ARGUMENT with the file and `writer`, the
 * command that writes such files, where it can't be read or does not fit.
 */
export async function readJson<S extends TSchema>(
  file: string,
  schema: S,
  writer: string,
): Promise<Immutable<Static<S>>> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, "utf8"));
  } catch (cause) {
    throw new BedsideError("BAD_ARGUMENT", `${file} can't be read as JSON: give what ${writer} wrote`, { cause });
  }
  const [fault] = Value.Errors(schema, value);
  if (fault) {
    const where = `${fault.instancePath} ${fault.message}`.trim();
    throw new BedsideError("BAD_ARGUMENT", `${file} is not what ${writer} writes: ${where}`);
  }
  return value as Immutable<Static<S>>;
}
