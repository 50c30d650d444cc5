import { createHash } from "node:crypto";

/**
 * Databases beside MIT-BIH, by the folder PhysioNet keeps them in, and the share of each one's records that is kept for the
 * report. SVDB has three quarters to learn from: a patient more in training is worth more than one more to report on.
 */
export const REPORTED_SHARES = {
  svdb: 0.25,
  "challenge-2015": 0.5,
  "challenge-2017": 0.5,
  cudb: 0.5,
  vfdb: 0.5,
  afdb: 0.5,
} as const;

/** A database with a development half and a report half. */
export type HalvedDatabase = keyof typeof REPORTED_SHARES;

/**
 * The half of a record, by a hash of its name (the first four bytes of the SHA-256 of `database/record`, as a fraction of their
 * range), so that it holds for records that were never seen, too. What is of the report half is for figures alone: nothing is learned
 * from it or chosen by it, nor is anything that needs no labels. A record is taken for a patient; the patients of different
 * databases are taken to be different ones, which their publishers do not say in so many words.
 */
export function halfOf(database: HalvedDatabase, record: string): "development" | "report" {
  const fraction = createHash("sha256").update(`${database}/${record}`).digest().readUInt32BE() / 2 ** 32;
  return fraction < REPORTED_SHARES[database] ? "report" : "development";
}
