import { InvalidArgumentError } from "commander";
import { type Injection, parseDrift } from "../../contracts/drift.ts";
import { BedsideError } from "../../contracts/errors.ts";

/** A whole number from `min` to `max`. */
export const wholeNumber =
  (min: number, max: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < min || value > max) {
      throw new InvalidArgumentError(`must be a whole number from ${min} to ${max}.`);
    }
    return value;
  };

/** A speed: 0.1 or more times real time, or max. */
export function speed(text: string): number {
  if (text === "max") return Number.POSITIVE_INFINITY;
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0.1) throw new InvalidArgumentError("must be 0.1 or more, or max.");
  return value;
}

/** A power or factor from 0 to 5. */
export function power(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0 && value <= 5))
    throw new InvalidArgumentError("must be a number from 0 to 5.");
  return value;
}

/** Comma-separated names, one at least. */
export function list(text: string): string[] {
  const names = text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (names.length === 0) throw new InvalidArgumentError("must be one name or more, separated by commas.");
  return names;
}

/** The name of a bed's first epoch; those that follow are numbered, which lengthens their names. */
export function epoch(text: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,47}$/.test(text)) {
    throw new InvalidArgumentError("must be 1 to 48 letters, digits, '.', '_' or '-', a letter or digit first.");
  }
  return text;
}

/** The grammar of contracts/drift.ts. */
export function drift(text: string): Injection[] {
  try {
    return parseDrift(text);
  } catch (error) {
    if (error instanceof BedsideError) throw new InvalidArgumentError(error.message);
    throw error;
  }
}
