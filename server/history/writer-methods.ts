import type { Admission } from "../../contracts/admission.ts";
import type { TopicName } from "../../contracts/topics.ts";
import { type HistoryFile, isDamage, openFile } from "./file.ts";
import { retain, type Retention } from "./retention.ts";
import { admissionsOf, standingAlarms, type ToldAlarm } from "./seeds.ts";
import { HistoryWriter, type WrittenMessage } from "./writer.ts";

export interface OpenWriter extends Retention {
  readonly file: string;
  /** Of which offsets mean something to the next process; null: they do not. */
  readonly log: string | null;
}

export interface Written {
  /** Messages that could not be read. */
  readonly unreadable: number;
  /** The file was damaged and another was begun: in a line. */
  readonly note: string | null;
  /** Rows that came into the file since the last call, by table, each event once. */
  readonly written: Readonly<Record<string, number>>;
  /** Rows that retention has taken out of it since. */
  readonly dropped: number;
}

export interface WriterMethods {
  /** What had to be done to open it, in a line; nothing where it is open. Throws HISTORY_UNAVAILABLE. */
  open(options: OpenWriter): string | null;
  positions(topic: TopicName, partitions: number): (number | undefined)[];
  standing(): ToldAlarm[];
  admissions(): Admission[];
  /** Throws where it cannot be written; another call writes what is left. */
  write(messages: readonly WrittenMessage[]): Written;
  /** Sets a file aside that was found to be damaged, and begins another, unless that was done since `openings` of it. */
  mend(openings: number): string | null;
  close(): void;
}

/** How often it is looked whether anything is too old or too much. */
const RETAIN_EVERY_MS = 10_000;

export function writerMethods(): WriterMethods {
  let options: OpenWriter;
  let file: HistoryFile | undefined;
  let writer: HistoryWriter;
  /** Taken while no file was open. */
  let held: WrittenMessage[] = [];
  let retainedAtMs = 0;
  let openings = 0;
  let written: Record<string, number> = {};
  let dropped = 0;
  const count = (rows: ReadonlyMap<string, number>): void => {
    for (const [table, many] of rows) written[table] = (written[table] ?? 0) + many;
  };
  const open = (isDamaged: boolean): string | null => {
    file = openFile(options.file, isDamaged);
    openings++;
    writer = new HistoryWriter(file.sql, options.log);
    return file.note;
  };
  /** Where that fails too, the next write tries again. */
  const beginAnew = (): string | null => {
    file?.close();
    file = undefined;
    return open(true);
  };
  const opened = (): HistoryFile => {
    if (!file) throw new Error("the file is not open");
    return file;
  };
  const write = (): number => {
    const nowMs = Date.now();
    const messages = held;
    held = [];
    const unreadable = writer.write(messages, nowMs);
    count(writer.takeWritten());
    if (nowMs - retainedAtMs >= RETAIN_EVERY_MS) {
      retainedAtMs = nowMs;
      dropped += retain(opened().sql, options, nowMs);
    }
    return unreadable;
  };
  return {
    open: (given) => {
      options = given;
      // Who could not read it tries again.
      return file ? null : open(false);
    },
    positions: (topic, partitions) => writer.positions(topic, partitions),
    standing: () => standingAlarms(opened().sql),
    admissions: () => admissionsOf(opened().sql),
    write: (messages) => {
      held.push(...messages);
      let note = file ? null : (open(false) ?? `the history file ${options.file} is open again`);
      let unreadable: number;
      try {
        unreadable = write();
      } catch (error) {
        if (!isDamage(error)) throw error;
        held = [...messages];
        note = beginAnew();
        unreadable = write();
      }
      const counts = { written, dropped };
      written = {};
      dropped = 0;
      return { unreadable, note, ...counts };
    },
    mend: (given) => (given === openings ? beginAnew() : null),
    close: () => {
      try {
        writer?.flush();
      } finally {
        file?.close();
        file = undefined;
      }
    },
  };
}
