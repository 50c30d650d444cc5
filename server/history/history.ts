import { setTimeout as sleep } from "node:timers/promises";
import type { ReceivedMessage } from "../../bus/bus.ts";
import { BedsideError } from "../../contracts/errors.ts";
import type { HistoryState } from "../../contracts/history.ts";
import { HEADERS } from "../../contracts/topics.ts";
import { type Deferred, deferred } from "../../kit/deferred.ts";
import { startThread, type Thread } from "./calls.ts";
import type { EventMeta } from "./pack.ts";
import type { ReaderMethods } from "./reader-methods.ts";
import { untilOpen } from "./until-open.ts";
import type { OpenWriter, WriterMethods } from "./writer-methods.ts";
import type { WrittenMessage } from "./writer.ts";

export interface HistoryLog {
  error(line: string): void;
  warn(line: string): void;
  info(line: string): void;
}

export interface HistoryOptions extends OpenWriter {
  readonly logTo: HistoryLog;
}

export interface HistoryCounts {
  readonly written: ReadonlyMap<string, number>;
  readonly dropped: number;
  readonly behindMs: number;
}

/** Of messages that wait to be written. */
const MAX_WAITING_BYTES = 32 << 20;
/** Messages that are written at once. */
const BATCH = 1000;
/** A file that could not be written is tried again after so long. */
const AGAIN_MS = 5000;
/** How often the writer is called at least: frames wait for more of their block, but not for long. */
const WRITE_EVERY_MS = 500;

/**
 * What happened, in a file of this process alone: a thread writes it, another reads it, so that nobody waits for a disk. What goes wrong
 * with the file is told once, in a line, and monitoring goes on.
 */
export class History {
  private readonly writer: Thread<WriterMethods> = startThread("writer");
  private readonly reader: Thread<ReaderMethods> = startThread("reader");
  private readonly waiting: WrittenMessage[] = [];
  private waitingBytes = 0;
  /** Resolves when what waits has been taken. */
  private room: Deferred<void> = deferred();
  private wake: Deferred<void> = deferred();
  private trouble: string | null = null;
  private lost = 0;
  private dropped = 0;
  private readonly written = new Map<string, number>();
  /** When each of those that wait was taken, and the first of those that are being written; Unix ms. */
  private readonly takenAtMs: number[] = [];
  private writingSinceMs: number | null = null;
  private isClosed = false;
  private hasOpened = false;
  /** Resolves when the file is open; false: it is closed before. */
  opened: Promise<boolean> = Promise.resolve(false);
  private readonly givenUp = new AbortController();
  /** How often the file has been opened, or begun anew. */
  private openings = 1;
  private mending: Promise<void> | null = null;
  private readonly closing = deferred<void>();
  private working: Promise<void> = Promise.resolve();
  /** What the topics keep is still being read into it. */
  isReadingBack = false;

  private constructor(private readonly options: HistoryOptions) {}

  /** Resolves in any case; what cannot be written is told to `logTo`, and state() tells it. */
  static async open(options: HistoryOptions): Promise<History> {
    const history = new History(options);
    try {
      await history.openFile();
      history.opened = Promise.resolve(true);
    } catch (error) {
      history.fail(error);
      history.opened = history.openLater();
    }
    return history;
  }

  /** The file is open: it can be read and written. */
  get isOpen(): boolean {
    return this.hasOpened && !this.isClosed;
  }

  /** Offsets of before mean something, and a topic may be kept waiting. */
  get mayWait(): boolean {
    return this.options.log !== null;
  }

  async state(): Promise<HistoryState> {
    let { trouble } = this;
    const { lost, isReadingBack, options } = this;
    const nothing = { reachesBackToMs: { signal: null, beats: null, alarms: null }, bytes: 0 };
    const reach = !this.isOpen
      ? nothing
      : await this.read("reach").catch((error: unknown) => {
          trouble ??= error instanceof Error ? error.message : String(error);
          return nothing;
        });
    const { maxBytes, maxAgeMs } = options;
    return { state: trouble === null ? "on" : "failed", trouble, lost, isReadingBack, ...reach, maxBytes, maxAgeMs };
  }

  /** Since it was opened: rows written, by table, and taken out again; how long what is not written yet has waited for it, ms. */
  get counts(): HistoryCounts {
    const sinceMs = this.writingSinceMs ?? this.takenAtMs.at(0);
    const behindMs = sinceMs === undefined ? 0 : Math.max(0, Date.now() - sinceMs);
    return { written: this.written, dropped: this.dropped, behindMs };
  }

  /** Rejects with HISTORY_UNAVAILABLE where nothing can be read. */
  async read<K extends keyof ReaderMethods>(
    method: K,
    ...args: Parameters<ReaderMethods[K]>
  ): Promise<ReturnType<ReaderMethods[K]>> {
    if (!this.isOpen) throw new BedsideError("HISTORY_UNAVAILABLE", this.trouble ?? "the gateway is shutting down");
    const read = async (): Promise<ReturnType<ReaderMethods[K]>> =>
      (await this.reader.call(method, args)) as ReturnType<ReaderMethods[K]>;
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof BedsideError && error.code === "HISTORY_DAMAGED")) throw error;
      await (this.mending ??= this.mend().finally(() => (this.mending = null)));
      return read();
    }
  }

  /** What writes: where reading of topics goes on, and alarms that stand. */
  get file(): Pick<Thread<WriterMethods>, "call"> {
    return this.writer;
  }

  /** Takes a message; resolves when there is room for more. One that finds none is left out, unless its topic can wait. */
  take(topic: string, { topic: name, partition, offset, value, headers }: ReceivedMessage): Promise<void> | undefined {
    if (!this.isOpen) return undefined;
    if (this.waitingBytes + value.byteLength > MAX_WAITING_BYTES && !this.mayWait) {
      if (this.lost++ === 0) this.options.logTo.warn("the history file is written too slowly: some of history is lost");
      return undefined;
    }
    const meta = metaOf(partition, offset, headers);
    // Of its own: the thread takes it over, and a piece of a shared buffer would take the whole of it along.
    this.waiting.push({ topic, name, meta, value: new Uint8Array(value) });
    this.takenAtMs.push(Date.now());
    this.waitingBytes += value.byteLength;
    this.wake.resolve();
    return this.mayWait && this.waiting.length > BATCH ? this.room.promise : undefined;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.givenUp.abort();
    if (await this.opened) {
      this.closing.resolve();
      this.wake.resolve();
      await this.working;
      await this.reader.call("close", []).catch(() => {});
      await this.writer.call("close", []).catch((error: unknown) => this.fail(error));
    }
    await Promise.all([this.writer.end(), this.reader.end()]);
  }

  private async openFile(): Promise<void> {
    const { logTo, ...given } = this.options;
    const note = await this.writer.call("open", [given]);
    if (note !== null) logTo.warn(note);
    await this.reader.call("open", [given.file]);
    this.hasOpened = true;
    this.working = this.work();
  }

  /** Another process may end, a disk be mounted, a folder be made. */
  private async openLater(): Promise<boolean> {
    const { givenUp, options } = this;
    const open = (): Promise<void> => this.openFile();
    const isOpen = await untilOpen({ open, onFailure: (error) => this.fail(error), givenUp: givenUp.signal });
    if (!isOpen) return false;
    options.logTo.info(`the history file ${options.file} is open: what happens is kept from here on`);
    this.trouble = null;
    return true;
  }

  private async work(): Promise<void> {
    while (!this.isClosed || (this.waiting.length > 0 && this.trouble === null)) {
      const batch = this.waiting.splice(0, BATCH);
      const bytes = batch.reduce((sum, { value }) => sum + value.byteLength, 0);
      this.writingSinceMs = this.takenAtMs.splice(0, BATCH).at(0) ?? null;
      await this.write(batch);
      this.writingSinceMs = null;
      this.waitingBytes -= bytes;
      this.room.resolve();
      this.room = deferred();
      if (this.waiting.length >= BATCH || this.isClosed) continue;
      this.wake = deferred();
      // Many messages at once cost far less than one by one.
      await sleep(WRITE_EVERY_MS / 5);
      if (this.waiting.length === 0)
        await Promise.race([this.wake.promise, sleep(WRITE_EVERY_MS, undefined, { ref: false })]);
    }
  }

  /** Until it is written, or the process ends. */
  private async write(batch: readonly WrittenMessage[]): Promise<void> {
    const transfer = batch.map(({ value }) => value.buffer as ArrayBuffer);
    for (let left = batch; ;) {
      try {
        const { unreadable, note, written, dropped } = await this.writer.call(
          "write",
          [left],
          left === batch ? transfer : [],
        );
        this.lost += unreadable;
        this.dropped += dropped;
        for (const [table, rows] of Object.entries(written))
          this.written.set(table, (this.written.get(table) ?? 0) + rows);
        if (note !== null) await this.hasBegunAnew(note);
        if (this.trouble !== null) this.options.logTo.info("history is written again");
        this.trouble = null;
        return;
      } catch (error) {
        this.fail(error);
        if (this.isClosed) return;
        await Promise.race([sleep(AGAIN_MS, undefined, { ref: false }), this.closing.promise]);
        left = [];
      }
    }
  }

  /** Who reads has found damage: who writes begins another file. */
  private async mend(): Promise<void> {
    const note = await this.writer.call("mend", [this.openings]);
    if (note !== null) await this.hasBegunAnew(note);
  }

  private async hasBegunAnew(note: string): Promise<void> {
    this.openings++;
    this.options.logTo.warn(note);
    await this.reader.call("open", [this.options.file]);
  }

  private fail(error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    const line =
      error instanceof BedsideError ? why : `the history file ${this.options.file} cannot be written: ${why}`;
    if (this.trouble === null) this.options.logTo.error(line);
    this.trouble = line;
  }
}

function metaOf(partition: number, offset: number, headers: Readonly<Record<string, string>>): EventMeta {
  const time = (name: string, header: string): Record<string, number> => {
    const ms = Number.parseFloat(headers[header] ?? "");
    return Number.isFinite(ms) ? { [name]: ms } : {};
  };
  const source = headers[HEADERS.source];
  return {
    partition,
    offset,
    ...(source !== undefined && { source: source.slice(0, 128) }),
    ...time("producedAtMs", HEADERS.producedAt),
    ...time("receivedAtMs", HEADERS.receivedAt),
    ...time("publishedAtMs", HEADERS.publishedAt),
  };
}
