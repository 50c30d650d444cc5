import type { Static, TSchema } from "typebox";
import { BedsideError } from "./errors.ts";
import { completer, tolerant } from "./tolerance.ts";

/** Checks values against one schema. */
export interface Validator {
  Check(value: unknown): boolean;
  Errors(value: unknown): Iterable<{ readonly instancePath: string; readonly message: string }>;
}

/** Compiled where that may be (codec.ts), interpreted where a page's security policy forbids it (client/feed). */
export type MakeValidator = (schema: TSchema) => Validator;

/** Throws BAD_MESSAGE, naming `noun` and the first field at fault, unless `value` fits. */
export function check(validator: Validator, noun: string, value: unknown): void {
  if (validator.Check(value)) return;
  const [first] = validator.Errors(value);
  const what = `${noun}${first?.instancePath ?? ""}: ${first?.message ?? "does not fit its schema"}`;
  throw new BedsideError("BAD_MESSAGE", what);
}

/**
 * Reads parsed JSON tolerantly (tolerance.ts): gives the value itself, with what was missing put in. Throws BAD_MESSAGE
 * where something is missing or wrong that no reader can do without.
 */
export function createReader<S extends TSchema>(
  schema: S,
  noun: string,
  makeValidator: MakeValidator,
): (value: unknown) => Static<S> {
  const validator = makeValidator(tolerant(schema));
  const complete = completer(schema);
  return (value) => {
    check(validator, noun, value);
    complete?.(value);
    return value as Static<S>;
  };
}
