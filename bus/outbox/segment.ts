import { open, readFile, rm } from "node:fs/promises";
import { decodeRecord, encodeRecord, type OutboxRecord } from "./record.ts";

/** Messages and their bytes in the file; when the first was taken, Unix ms (null: there is none). */
export interface Contents {
  readonly messages: number;
  readonly bytes: number;
  readonly sinceMs: number | null;
}

/** One file of an outbox: records one behind the other, written once, read once, and deleted. */
export class Segment {
  private constructor(
    readonly file: string,
    /** Bytes that are records. */
    private size: number,
    private count: number,
    private firstMs: number | null,
    /** How far it has been read for good, bytes and messages. */
    private read = 0,
    private readCount = 0,
  ) {}

  static async create(file: string): Promise<Segment> {
    await (await open(file, "wx")).close();
    return new Segment(file, 0, 0, null);
  }

  /** One that a process left behind: what it had not finished writing is cut off. `readTo`: bytes that had been read for good. */
  static async reopen(file: string, readTo: number): Promise<Segment> {
    const bytes = await readFile(file);
    let [at, count, readCount, read] = [0, 0, 0, 0];
    let firstMs: number | null = null;
    for (let found = decodeRecord(bytes, 0); found; found = decodeRecord(bytes, at)) {
      at = found.end;
      count++;
      if (at <= readTo) [read, readCount] = [at, count];
      else firstMs ??= found.record.atMs;
    }
    const segment = new Segment(file, at, count, firstMs, read, readCount);
    if (at < bytes.length) await segment.cut();
    return segment;
  }

  get length(): number {
    return this.size;
  }

  get position(): number {
    return this.read;
  }

  /** What has not been read for good. */
  get contents(): Contents {
    return { messages: this.count - this.readCount, bytes: this.size - this.read, sinceMs: this.firstMs };
  }

  /** Writes them all, or throws and has none of them. */
  async append(records: readonly OutboxRecord[]): Promise<void> {
    const bytes = Buffer.concat(records.map(encodeRecord));
    const handle = await open(this.file, "r+");
    try {
      for (let done = 0; done < bytes.length;) {
        done += (await handle.write(bytes, done, bytes.length - done, this.size + done)).bytesWritten;
      }
    } finally {
      await handle.close();
    }
    this.size += bytes.length;
    this.count += records.length;
    this.firstMs ??= records[0]?.atMs ?? null;
  }

  /** Whatever stands behind the last whole record goes. */
  async cut(): Promise<void> {
    const handle = await open(this.file, "r+");
    try {
      await handle.truncate(this.size);
    } finally {
      await handle.close();
    }
  }

  /** The oldest records, so many bytes of them, one at least; and what has read them for good when it is called. */
  async next(mostBytes: number): Promise<{ records: OutboxRecord[]; done: () => void }> {
    const begin = this.read;
    const records: OutboxRecord[] = [];
    let at = 0;
    for (let reach = mostBytes; records.length === 0; reach *= 2) {
      const bytes = await this.bytesFrom(begin, Math.min(this.size - begin, reach));
      for (let found = decodeRecord(bytes, 0); found; found = decodeRecord(bytes, at)) {
        at = found.end;
        records.push(found.record);
      }
      if (reach >= this.size - begin) break;
    }
    // What is no record any more was one when it was written: the disk has lost it.
    const isLost = records.length === 0;
    const done = (): void => {
      this.read = isLost ? this.size : begin + at;
      this.readCount = isLost ? this.count : this.readCount + records.length;
      this.firstMs = this.read === this.size ? null : (records.at(-1)?.atMs ?? null);
    };
    return { records, done };
  }

  remove(): Promise<void> {
    return rm(this.file, { force: true });
  }

  private async bytesFrom(position: number, length: number): Promise<Buffer> {
    const handle = await open(this.file, "r");
    try {
      const bytes = Buffer.alloc(length);
      let done = 0;
      while (done < length) {
        const { bytesRead } = await handle.read(bytes, done, length - done, position + done);
        if (bytesRead === 0) break;
        done += bytesRead;
      }
      return bytes.subarray(0, done);
    } finally {
      await handle.close();
    }
  }
}
