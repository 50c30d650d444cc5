import path from "node:path";
import { halfSplitOf } from "../../data/splits/half-splits.ts";
import { splitOf } from "../../data/splits/splits.ts";

/**
 * The hold-out that a record is of, null where it is of none: by its samples (`identity`); of databases whose samples are not known by
 * the folder's name (cudb/1.0.0) and the record's.
 */
export function holdOutOf(db: string, record: string, identity: string | null): string | null {
  const database =
    path
      .resolve(db)
      .split(path.sep)
      .findLast((part) => !/^\d+(?:\.\d+)+$/.test(part)) ?? "";
  const split = splitOf(identity) ?? halfSplitOf(database, record);
  return split?.isHoldOut ? split.name : null;
}
