import { DS1 } from "./mitdb.ts";
import { SVDB_DEVELOPMENT } from "./svdb.ts";

/** What the live model learns from: records by database, none of them of DS2 or of a report half. */
export const LEARNED = { mitdb: DS1, svdb: SVDB_DEVELOPMENT } as const;

/** A database that the live model learns from. */
export type LearnedDatabase = keyof typeof LEARNED;

/** All records of these databases that are learned from, as `database/record`. */
export const learnedRecords = (databases: readonly LearnedDatabase[]): string[] =>
  databases.flatMap((database) => LEARNED[database].map((record) => `${database}/${record}`));
