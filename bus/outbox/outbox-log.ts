import { mkdir, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { writeWhole } from "../../kit/atomic-write.ts";
import { type LockOptions, takeLock } from "./lock.ts";
import type { OutboxRecord } from "./record.ts";
import { type Contents, Segment } from "./segment.ts";

/** What had to go because there was no room: how many messages, and from when to when they were taken, Unix ms. */
export interface Lost {
  readonly messages: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** The oldest records, what was lost right before them, and what forgets them when they are delivered. */
export interface Batch {
  readonly records: readonly OutboxRecord[];
  readonly lost: Lost | null;
  readonly done: () => Promise<void>;
}

export interface OutboxLogOptions extends LockOptions {
  readonly dir: string;
  /** Of what waits; beyond it the oldest goes, a sixteenth at a time. */
  readonly maxBytes: number;
}

/** Where reading goes on, and what was lost before. */
interface Cursor {
  readonly segment: string;
  readonly at: number;
  readonly lost: Lost | null;
}

const SEGMENTS = 16;
const CURSOR = "cursor.json";
const isSegment = (name: string): boolean => /^\d{12}\.log$/.test(name);

/**
 * Messages on a disk, first in, first out, in files of a sixteenth of the bound: what was appended is there after the process has been
 * killed, and read again until it is `done`. One process at a time has a folder (BAD_CONFIG).
 */
export class OutboxLog {
  private everLost = 0;
  /** Read, and not done. */
  private underWay: { readonly segment: Segment; readonly messages: number } | null = null;

  private constructor(
    private readonly options: OutboxLogOptions,
    private readonly segments: Segment[],
    private number: number,
    private lost: Lost | null,
    private readonly unlock: () => Promise<void>,
  ) {}

  static async open(options: OutboxLogOptions): Promise<OutboxLog> {
    const { dir } = options;
    await mkdir(dir, { recursive: true });
    const unlock = await takeLock(dir, options);
    const names = (await readdir(dir)).filter(isSegment).sort();
    const cursor = await readCursor(path.join(dir, CURSOR));
    const segments: Segment[] = [];
    for (const name of names) {
      const file = path.join(dir, name);
      segments.push(await Segment.reopen(file, cursor && name <= cursor.segment ? atOf(cursor, name) : 0));
    }
    const last = names.at(-1);
    const log = new OutboxLog(
      options,
      segments,
      last ? Number.parseInt(last, 10) + 1 : 0,
      cursor?.lost ?? null,
      unlock,
    );
    await log.forgetRead();
    return log;
  }

  /** What waits. */
  get contents(): Contents {
    const all = this.segments.map(({ contents }) => contents);
    return {
      messages: all.reduce((sum, { messages }) => sum + messages, 0),
      bytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
      sinceMs: all.find(({ sinceMs }) => sinceMs !== null)?.sinceMs ?? null,
    };
  }

  /** Messages that found no room, or that the disk has lost, since this process began. */
  get lostMessages(): number {
    return this.everLost;
  }

  /** Appends all of them, or throws the file system's error and has none. Not to be called again before it is done. */
  async append(records: readonly OutboxRecord[]): Promise<void> {
    const segment = await this.segmentToWrite();
    try {
      await segment.append(records);
    } catch (cause) {
      // Where that can't be done either, it is when the file is opened again.
      await segment.cut().catch(() => {});
      throw cause;
    }
    await this.makeRoom();
  }

  /** Null where nothing waits. Not to be called again before its batch is done. */
  async next(mostBytes: number): Promise<Batch | null> {
    const segment = this.segments.find(({ contents }) => contents.messages > 0);
    if (!segment) return null;
    const { records, done } = await segment.next(mostBytes);
    if (records.length === 0) {
      this.lose(segment.contents, Date.now());
      done();
      return this.next(mostBytes);
    }
    this.underWay = { segment, messages: records.length };
    const { lost } = this;
    return {
      records,
      lost,
      done: async () => {
        done();
        this.underWay = null;
        if (lost && this.lost) this.lost = { ...this.lost, messages: this.lost.messages - lost.messages };
        if (this.lost?.messages === 0) this.lost = null;
        await this.forgetRead();
        await this.writeCursor();
      },
    };
  }

  close(): Promise<void> {
    return this.unlock();
  }

  private async segmentToWrite(): Promise<Segment> {
    const last = this.segments.at(-1);
    if (last && last.length < this.options.maxBytes / SEGMENTS) return last;
    const name = `${String(this.number++).padStart(12, "0")}.log`;
    const segment = await Segment.create(path.join(this.options.dir, name));
    this.segments.push(segment);
    return segment;
  }

  /** All but the last segment may go where the bound is passed: the oldest first. */
  private async makeRoom(): Promise<void> {
    while (this.segments.length > 1 && this.contents.bytes > this.options.maxBytes) {
      const [oldest] = this.segments.splice(0, 1);
      const { contents } = oldest;
      // What is on its way to the bus is not lost by that.
      const underWay = this.underWay?.segment === oldest ? this.underWay.messages : 0;
      this.lose(
        { ...contents, messages: contents.messages - underWay },
        this.segments[0].contents.sinceMs ?? Date.now(),
      );
      await this.writeCursor();
      await oldest.remove();
    }
  }

  private lose({ messages, sinceMs }: Contents, toMs: number): void {
    if (messages === 0) return;
    this.everLost += messages;
    const fromMs = this.lost?.fromMs ?? sinceMs ?? toMs;
    this.lost = { messages: (this.lost?.messages ?? 0) + messages, fromMs, toMs };
  }

  /** Files of which all has been read. */
  private async forgetRead(): Promise<void> {
    while (this.segments.length > 1 && this.segments[0].contents.messages === 0) {
      const [read] = this.segments.splice(0, 1);
      await read.remove();
    }
  }

  private async writeCursor(): Promise<void> {
    const [first] = this.segments;
    const cursor: Cursor = { segment: path.basename(first.file), at: first.position, lost: this.lost };
    await writeWhole(path.join(this.options.dir, CURSOR), JSON.stringify(cursor));
  }
}

const atOf = (cursor: Cursor, name: string): number => (name < cursor.segment ? Number.POSITIVE_INFINITY : cursor.at);

/** Without one, all that is there is read again. */
async function readCursor(file: string): Promise<Cursor | null> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Cursor;
  } catch {
    return null;
  }
}
