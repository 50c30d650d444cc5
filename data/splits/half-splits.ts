import { type HalvedDatabase, halfOf } from "./halves.ts";

/** A half of a database whose records go by their names alone: nobody's samples are known there. */
export interface HalfSplit {
  /** As in figures and cards. */
  readonly name: string;
  /** As commands take it. */
  readonly option: string;
  readonly database: HalvedDatabase;
  readonly half: "development" | "report";
  readonly isHoldOut: boolean;
}

/** Databases whose annotators tell rhythms, SVDB apart, which has splits by samples (splits.ts). */
const DATABASES = ["cudb", "vfdb", "afdb"] as const;

export const HALF_SPLITS: readonly HalfSplit[] = DATABASES.flatMap((database) =>
  (["development", "report"] as const).map((half) => ({
    name: `${database.toUpperCase()} ${half}`,
    option: `${database}-${half}`,
    database,
    half,
    isHoldOut: half === "report",
  })),
);

/** Which of these a record of `database` is in by its name; null for another database. */
export const halfSplitOf = (database: string, record: string): HalfSplit | null =>
  HALF_SPLITS.find((split) => split.database === database && halfOf(split.database, record) === split.half) ?? null;
