import type { Admission } from "../../contracts/admission.ts";
import { admissionCodec } from "../../contracts/codec.ts";
import { BedsideError } from "../../contracts/errors.ts";
import type { TopicName } from "../../contracts/topics.ts";
import { type DecodedEvent, decodeKept, EventWriter } from "./event-writer.ts";
import type { Sql } from "./file.ts";
import { type FrameBlock, FrameBlocks } from "./frame-blocks.ts";
import type { EventMeta } from "./pack.ts";
import { isEventTable } from "./schema.ts";
import { Trends } from "./trends.ts";

/** A message of a topic, on its way into the file. */
export interface WrittenMessage {
  /** As the table of topics calls it. */
  readonly topic: string;
  readonly name: TopicName;
  readonly meta: EventMeta;
  readonly value: Uint8Array;
}

/** Writes messages into the file, each batch whole or not at all. */
export class HistoryWriter {
  private readonly blocks = new FrameBlocks();
  private readonly events: EventWriter;
  private readonly trends: Trends;
  /** What is not in the file yet. */
  private ready: FrameBlock[] = [];
  private decoded: DecodedEvent[] = [];
  /** Offset behind what was taken, by topic's name and partition. */
  private readonly taken = new Map<TopicName, number[]>();
  private readonly insertBlock;
  private readonly covering;
  private readonly seeEpoch;
  private readonly setPosition;
  private readonly setAdmission;
  private admissions: Admission[] = [];
  private written = new Map<string, number>();

  /** `log`: of which offsets mean something to the next process; null: they do not. */
  constructor(
    private readonly sql: Sql,
    private readonly log: string | null,
  ) {
    this.trends = new Trends(sql);
    this.events = new EventWriter(sql, this.trends);
    this.insertBlock = sql.prepare("INSERT OR IGNORE INTO frames VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)");
    this.covering = sql.prepare(
      "SELECT 1 FROM frames WHERE bed = ? AND epoch = ? AND begin_ms <= ? AND begin_ms > ? AND begin_sample <= ? AND end_sample >= ? AND samples >= end_sample - begin_sample LIMIT 1",
    );
    this.seeEpoch = sql.prepare(
      `INSERT INTO epochs VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET begin_ms = min(begin_ms, excluded.begin_ms),
       end_ms = max(end_ms, excluded.end_ms), end_sample = max(end_sample, excluded.end_sample)`,
    );
    this.setAdmission = sql.prepare(
      `INSERT INTO admissions VALUES (?, ?, ?) ON CONFLICT DO UPDATE
       SET version = excluded.version, data = excluded.data WHERE excluded.version >= version`,
    );
    this.setPosition = sql.prepare("INSERT OR REPLACE INTO positions VALUES (?, ?, ?, ?)");
  }

  /** Where reading of each partition of a topic goes on; undefined where nothing of it has been read. */
  positions(topic: TopicName, partitions: number): (number | undefined)[] {
    const next: (number | undefined)[] = Array.from({ length: partitions });
    if (this.log === null) return next;
    const rows = this.sql.prepare("SELECT partition, next FROM positions WHERE log = ? AND topic = ?");
    for (const row of rows.all(this.log, topic) as { partition: number; next: number }[])
      next[row.partition] = row.next;
    return next;
  }

  /**
   * Takes messages, and writes them with what could not be written before. How many could not be read. Throws what SQLite throws: all
   * is kept for the next call then. `nowMs`: the wall's clock, Unix ms.
   */
  write(messages: readonly WrittenMessage[], nowMs: number): number {
    let unreadable = 0;
    for (const message of messages) {
      try {
        this.take(message, nowMs);
      } catch (error) {
        if (!(error instanceof BedsideError)) throw error;
        unreadable++;
      }
    }
    this.ready.push(...this.blocks.due(nowMs));
    this.commit();
    return unreadable;
  }

  /** Writes what is left. */
  flush(): void {
    this.ready.push(...this.blocks.flush());
    this.commit();
  }

  /** Rows of frames' blocks and of events that came into the file since the last call, by table. */
  takeWritten(): ReadonlyMap<string, number> {
    const written = this.written;
    this.written = new Map();
    return written;
  }

  private take({ topic, name, meta, value }: WrittenMessage, nowMs: number): void {
    let taken = this.taken.get(name);
    if (!taken) this.taken.set(name, (taken = []));
    taken[meta.partition] = meta.offset + 1;
    if (topic === "frames") this.ready.push(...this.blocks.add(value, meta.partition, meta.offset, nowMs));
    else if (topic === "admissions") this.admissions.push(admissionCodec.decode(value));
    else if (isEventTable(topic)) this.decoded.push(decodeKept(topic, value, meta));
  }

  private commit(): void {
    if (this.ready.length + this.decoded.length + this.admissions.length === 0) return;
    this.sql.exec("BEGIN IMMEDIATE");
    try {
      const written: string[] = [];
      for (const block of this.ready) if (this.writeBlock(block)) written.push("frames");
      for (const event of this.decoded) if (this.events.write(event)) written.push(event.table);
      for (const one of this.admissions) this.setAdmission.run(one.bed, one.version, JSON.stringify(one));
      this.writePositions();
      this.sql.exec("COMMIT");
      for (const table of written) this.written.set(table, (this.written.get(table) ?? 0) + 1);
    } catch (error) {
      if (this.sql.inTransaction) this.sql.exec("ROLLBACK");
      throw error;
    }
    this.ready = [];
    this.decoded = [];
    this.admissions = [];
  }

  /** False where it was there. */
  private writeBlock(block: FrameBlock): boolean {
    const { bed, epoch, beginSample, endSample, samples, beginMs, endMs, data } = block;
    // What is read again lies in a block already, though maybe cut otherwise.
    const known = this.covering.all(bed, epoch, beginMs, beginMs - 120_000, beginSample, endSample);
    if (known.length > 0) return false;
    const { changes } = this.insertBlock.run(bed, epoch, beginSample, endSample, samples, beginMs, endMs, data);
    if (changes === 0) return false;
    this.seeEpoch.run(bed, epoch, beginMs, endMs, endSample);
    this.trends.signal(bed, beginMs, endMs);
    return true;
  }

  private writePositions(): void {
    if (this.log === null) return;
    for (const [name, partitions] of this.taken) {
      for (const [partition, next] of partitions.entries()) {
        if (next === undefined) continue;
        const pending = name.startsWith("ecg.frames.") ? this.blocks.pending(partition) : null;
        this.setPosition.run(this.log, name, partition, Math.min(next, pending ?? next));
      }
    }
  }
}
