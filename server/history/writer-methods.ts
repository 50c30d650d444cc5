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
}

export interface WriterMethods {
  /** What had to be done to open it, in a line. Throws HISTORY_UNAVAILABLE. */
  open(options: OpenWriter): string | null;
  positions(topic: TopicName, partitions: number): (number | undefined)[];
  standing(): ToldAlarm[];
  admissions(): Admission[];
  /** Throws where it cannot be written; another call writes what is left. */
  write(messages: readonly WrittenMessage[]): Written;
  close(): void;
}

/** How often it is looked whether anything is too old or too much. */
const RETAIN_EVERY_MS = 10_000;

export function writerMethods(): WriterMethods {
  let options: OpenWriter;
  let file: HistoryFile | undefined;
  let writer: HistoryWriter;
  let retainedAtMs = 0;
  const open = (isDamaged: boolean): string | null => {
    file = openFile(options.file, isDamaged);
    writer = new HistoryWriter(file.sql, options.log);
    return file.note;
  };
  const opened = (): HistoryFile => {
    if (!file) throw new Error("the file is not open");
    return file;
  };
  const write = (messages: readonly WrittenMessage[]): number => {
    const nowMs = Date.now();
    const unreadable = writer.write(messages, nowMs);
    if (nowMs - retainedAtMs >= RETAIN_EVERY_MS) {
      retainedAtMs = nowMs;
      retain(opened().sql, options, nowMs);
    }
    return unreadable;
  };
  return {
    open: (given) => {
      options = given;
      return open(false);
    },
    positions: (topic, partitions) => writer.positions(topic, partitions),
    standing: () => standingAlarms(opened().sql),
    admissions: () => admissionsOf(opened().sql),
    write: (messages) => {
      try {
        return { unreadable: write(messages), note: null };
      } catch (error) {
        if (!isDamage(error)) throw error;
        opened().close();
        const note = open(true);
        return { unreadable: write(messages), note };
      }
    },
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
