import Database from "libsql";
import { mkdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { BedsideError } from "../../contracts/errors.ts";
import { FILE_VERSION, SCHEMA } from "./schema.ts";

export type Sql = Database.Database;

/** A file of history that this process alone writes. */
export interface HistoryFile {
  readonly sql: Sql;
  /** What had to be done to open it, in a line; null: nothing. */
  readonly note: string | null;
  close(): void;
}

/** SQLite's codes of a file that is none of its own, or none any more. */
const DAMAGED = ["SQLITE_NOTADB", "SQLITE_CORRUPT"];
/** A file's companions: SQLite's log and its index. */
const COMPANIONS = ["", "-wal", "-shm"];

export const isDamage = (error: unknown): boolean => DAMAGED.some((code) => codeOf(error).startsWith(code));

/** SQLite's code of an error; "" where it has none. */
const codeOf = (error: unknown): string => (error instanceof Error && "code" in error ? String(error.code) : "");

/**
 * Opens the file, or makes it. One of another version, or a damaged one, is set aside (`….aside`, the one set aside before goes).
 * `isDamaged`: it was found to be. Throws HISTORY_UNAVAILABLE where another process writes it, or it cannot be written.
 */
export function openFile(file: string, isDamaged = false): HistoryFile {
  let lock: Sql | undefined;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    lock = takeLock(`${file}.lock`);
    const { sql, note } = openWhole(file, isDamaged);
    const owner = lock;
    return {
      sql,
      note,
      close: () => {
        sql.close();
        owner.close();
      },
    };
  } catch (cause) {
    lock?.close();
    if (cause instanceof BedsideError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    const line = `the history file ${file} cannot be written (${why}): set HISTORY to a file that can, or to off`;
    throw new BedsideError("HISTORY_UNAVAILABLE", line, { cause });
  }
}

/** A reading connection to a file that a writer has opened. */
export function openReading(file: string): Sql {
  const sql = new Database(file, { readonly: true });
  sql.pragma("busy_timeout = 2000");
  return sql;
}

/** An empty database beside the file that is locked as long as this process lives, however it ends. */
function takeLock(file: string): Sql {
  const lock = new Database(file);
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    lock.close();
    if (!codeOf(cause).startsWith("SQLITE_BUSY")) throw cause;
    const line = `the history file ${file.replace(/\.lock$/, "")} is another process's: set HISTORY to another file, or to off`;
    throw new BedsideError("HISTORY_UNAVAILABLE", line, { cause });
  }
  return lock;
}

function openWhole(file: string, isDamaged: boolean): Omit<HistoryFile, "close"> {
  let why = "is damaged";
  try {
    if (isDamaged) throw new Database.SqliteError("found before", "SQLITE_CORRUPT");
    const sql = prepare(new Database(file));
    const version = versionOf(sql);
    if (version === FILE_VERSION) return { sql, note: null };
    if (version === 0 && isEmpty(sql)) return { sql: create(sql), note: null };
    sql.close();
    why = `is of version ${version}, not ${FILE_VERSION}`;
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  const aside = `${file}.aside`;
  for (const end of COMPANIONS) rmSync(`${aside}${end}`, { force: true });
  for (const end of COMPANIONS) renameIfThere(`${file}${end}`, `${aside}${end}`);
  const note = `the history file ${file} ${why}: it is set aside as ${aside}, which may be deleted, and history begins anew`;
  return { sql: create(prepare(new Database(file))), note };
}

function prepare(sql: Sql): Sql {
  try {
    sql.pragma("busy_timeout = 2000");
    sql.pragma("auto_vacuum = INCREMENTAL");
    sql.pragma("journal_mode = WAL");
    // What a power cut takes is the last transactions, not the file.
    sql.pragma("synchronous = NORMAL");
    sql.pragma("journal_size_limit = 16777216");
    return sql;
  } catch (error) {
    sql.close();
    throw error;
  }
}

function create(sql: Sql): Sql {
  sql.exec("BEGIN");
  sql.exec(SCHEMA);
  sql.pragma(`user_version = ${FILE_VERSION}`);
  sql.exec("COMMIT");
  return sql;
}

const versionOf = (sql: Sql): number => numberOf(sql, "user_version");

/** A pragma that is a number. */
export const numberOf = (sql: Sql, pragma: string): number =>
  Number((sql.pragma(pragma) as Readonly<Record<string, number>>[])[0]?.[pragma]);

const isEmpty = (sql: Sql): boolean => sql.prepare("SELECT name FROM sqlite_schema LIMIT 1").all().length === 0;

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
}
