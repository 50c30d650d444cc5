import { BedsideError } from "../contracts/errors.ts";

/** A record by its database, as PhysioNet's folder is called, and its own name: `mitdb/101`. */
export interface RecordName {
  readonly database: string;
  readonly record: string;
}

/** The parts of `database/record`. Throws BAD_ARGUMENT where the text is nothing of the kind. */
export function parseRecordName(name: string): RecordName {
  const parts = /^([^/]+)\/([^/]+)$/.exec(name);
  if (!parts) throw new BedsideError("BAD_ARGUMENT", `"${name}" is no record of a database: write mitdb/101`);
  return { database: parts[1], record: parts[2] };
}

/** Those of `names` that are of this database, by the names they have there. */
export const ownNames = (database: string, names: readonly string[]): string[] =>
  names.map(parseRecordName).flatMap((own) => (own.database === database ? own.record : []));

/** The items by the database of their names (`database/record`), in the order they come. */
export function byDatabase<T extends { readonly name: string }>(items: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const { database } = parseRecordName(item.name);
    groups.set(database, [...(groups.get(database) ?? []), item]);
  }
  return groups;
}
