import { numberOf, type Sql } from "./file.ts";
import { EVENT_TABLES } from "./schema.ts";

export interface Retention {
  /** Of what a file holds. */
  readonly maxBytes: number;
  /** Event time, ms. */
  readonly maxAgeMs: number;
}

/** Blocks of frames that go at once, where the file is too large. */
const BLOCKS = 500;
/** A share of the time that a table covers goes at once, where the file is too large and no frames are left. */
const SHARE = 0.1;
/** Pages that are given back to the disk at once. */
const PAGES = 4000;
/** The first of these goes first where the file is too large: signal takes most, and trends nearly nothing. */
const EVENTS = [
  "beats",
  "rhythms",
  "conditions",
  "alarms",
  "commands",
] as const satisfies (typeof EVENT_TABLES)[number][];

/** Bytes of the file that are in use. */
export const usedBytes = (sql: Sql): number =>
  (numberOf(sql, "page_count") - numberOf(sql, "freelist_count")) * numberOf(sql, "page_size");

/** Removes what is too old, and then the oldest until the file is small enough. `nowMs`: Unix ms. How many rows that were. */
export function retain(sql: Sql, { maxBytes, maxAgeMs }: Retention, nowMs: number): number {
  const before = nowMs - maxAgeMs;
  const beds = bedsOf(sql);
  const changes = (): number => (sql.prepare("SELECT total_changes() AS n").all() as { n: number }[])[0].n;
  const changedBefore = changes();
  sql.exec("BEGIN IMMEDIATE");
  try {
    for (const bed of beds) {
      sql.prepare("DELETE FROM frames WHERE bed = ? AND begin_ms < ?").run(bed, before);
      for (const table of [...EVENT_TABLES, "trends"]) removeBefore(sql, table, bed, before);
      sql.prepare("DELETE FROM spans WHERE bed = ? AND coalesce(end_ms, begin_ms) < ?").run(bed, before);
      sql.prepare("DELETE FROM epochs WHERE bed = ? AND end_ms < ?").run(bed, before);
    }
    // What may still sound is kept, however old it is.
    sql.prepare("DELETE FROM episodes WHERE changed_ms < ? AND state = 'cleared'").run(before);
    sql.prepare("DELETE FROM remarks WHERE at_ms < ?").run(before);
    while (usedBytes(sql) > maxBytes && removeOldest(sql, beds));
    sql.exec("COMMIT");
  } catch (error) {
    if (sql.inTransaction) sql.exec("ROLLBACK");
    throw error;
  }
  const dropped = changes() - changedBefore;
  if (numberOf(sql, "page_count") * numberOf(sql, "page_size") > maxBytes)
    sql.exec(`PRAGMA incremental_vacuum(${PAGES})`);
  return dropped;
}

const removeBefore = (sql: Sql, table: string, bed: string, before: number): number =>
  sql.prepare(`DELETE FROM ${table} WHERE bed = ? AND time_ms < ?`).run(bed, before).changes;

function bedsOf(sql: Sql): string[] {
  const beds = new Set<string>();
  for (const table of ["frames", ...EVENT_TABLES, "trends"]) {
    // Bed by bed by the index, not row by row.
    const next = sql.prepare(`SELECT min(bed) AS bed FROM ${table} WHERE bed > ?`);
    for (let bed = ""; ;) {
      const [row] = next.all(bed) as { bed: string | null }[];
      if (row?.bed == null) break;
      beds.add((bed = row.bed));
    }
  }
  return [...beds];
}

/** False where nothing is left that could go. */
function removeOldest(sql: Sql, beds: readonly string[]): boolean {
  const oldest = "SELECT id FROM frames ORDER BY id LIMIT ?";
  if (sql.prepare(`DELETE FROM frames WHERE id IN (${oldest})`).run(BLOCKS).changes > 0) return true;
  for (const table of EVENTS) {
    const ends = beds.flatMap((bed) => {
      const row = sql.prepare(`SELECT min(time_ms) AS first, max(time_ms) AS last FROM ${table} WHERE bed = ?`);
      const [{ first, last }] = row.all(bed) as { first: number | null; last: number | null }[];
      return first === null || last === null ? [] : [{ first, last }];
    });
    if (ends.length === 0) continue;
    const first = Math.min(...ends.map((end) => end.first));
    const until = first + SHARE * (Math.max(...ends.map((end) => end.last)) - first) + 1;
    for (const bed of beds) removeBefore(sql, table, bed, until);
    return true;
  }
  return false;
}
