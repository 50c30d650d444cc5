import type { Static, TSchema } from "typebox";
import { Value } from "typebox/value";

/** A value inside JSON that another command wrote, or undefined where the path leads nowhere. */
export function at(source: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined),
    source,
  );
}

/** What stands at the path, as the schema has it and nothing beside; undefined where that is not there. */
export function part<S extends TSchema>(schema: S, source: unknown, ...path: readonly string[]): Static<S> | undefined {
  const value = at(source, ...path);
  if (value === undefined || !Value.Check(schema, value)) return undefined;
  return Value.Clean(schema, structuredClone(value)) as Static<S>;
}

/** `{ key: value }` where there is a value: for optional properties. */
export const when = <K extends string, T>(key: K, value: T | undefined): { [P in K]?: T } =>
  value === undefined ? {} : ({ [key]: value } as { [P in K]?: T });

/** A text without the folders of the machine that it was written on: of a path from the root, its end is left. */
export const withoutFolders = (text: string): string =>
  text.replace(/(^|[\s=,'"])(?:\/[^\s/,'"]+)+\/([^\s/,'"]+)/g, (_, before: string, last: string) => `${before}${last}`);
