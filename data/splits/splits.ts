import { DS1, DS2 } from "./mitdb.ts";
import { SVDB_DEVELOPMENT, SVDB_REPORT } from "./svdb.ts";

/** A set of known records that figures are told of. */
export interface Split {
  /** As in figures and cards. */
  readonly name: string;
  /** As commands take it. */
  readonly option: string;
  readonly database: "mitdb" | "svdb";
  readonly records: readonly string[];
  /** Kept for reports: nothing is learned from it or chosen by it, and each look at it is entered in the model's card. */
  readonly isHoldOut: boolean;
}

export const SPLITS: readonly Split[] = [
  { name: "DS1", option: "ds1", database: "mitdb", records: DS1, isHoldOut: false },
  { name: "DS2", option: "ds2", database: "mitdb", records: DS2, isHoldOut: true },
  {
    name: "SVDB development",
    option: "svdb-development",
    database: "svdb",
    records: SVDB_DEVELOPMENT,
    isHoldOut: false,
  },
  { name: "SVDB report", option: "svdb-report", database: "svdb", records: SVDB_REPORT, isHoldOut: true },
];

/** Which split a recording belongs to by its identity (`database/record`); null where it is in none. */
export const splitOf = (identity: string | null): Split | null =>
  SPLITS.find(({ database, records }) => records.some((record) => `${database}/${record}` === identity)) ?? null;
