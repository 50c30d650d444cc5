import type { Beat } from "../../contracts/beat.ts";
import type { Condition } from "../../contracts/condition.ts";
import { type BeatRange, type ConditionRange, HISTORY_LIMITS, type Relabel } from "../../contracts/history.ts";
import { isHeardAs } from "../../contracts/epoch.ts";
import type { Rhythm } from "../../contracts/rhythm.ts";
import type { Sql } from "./file.ts";
import { framesOf, LONGEST_BLOCK_MS } from "./frame-blocks.ts";
import { lengthPrefix } from "../../contracts/frame-stream.ts";
import { type KeptEvent, unpackEvent } from "./pack.ts";
import type { EventTable } from "./schema.ts";

type Packed = ArrayBuffer;

/** What a range of a bed's event time holds. Times are Unix ms. */
export class RangeReader {
  private readonly blocks;
  private readonly spans;
  private readonly epochs;
  private readonly relabels;

  constructor(private readonly sql: Sql) {
    this.blocks = sql.prepare(
      "SELECT data FROM frames WHERE bed = ? AND begin_ms > ? AND begin_ms < ? AND end_ms > ? ORDER BY begin_ms, id",
    );
    this.spans = sql.prepare(
      `SELECT data, end_ms, epoch FROM spans WHERE bed = ? AND begin_ms < ? AND (end_ms IS NULL OR end_ms > ?) ORDER BY begin_ms, id LIMIT ?`,
    );
    this.epochs = sql.prepare("SELECT epoch, end_ms FROM epochs WHERE bed = ?");
    this.relabels = sql.prepare(
      "SELECT subject, text, said_by, at_ms FROM remarks WHERE bed = ? AND action = 'relabel' AND beat_ms >= ? AND beat_ms < ? ORDER BY at_ms, id",
    );
  }

  /** Length-delimited frames that reach into the range, by time, each once. `isContinued`: those alone that begin in it. */
  signal(bed: string, from: number, to: number, isContinued = false): Uint8Array {
    const rows = this.blocks.all(bed, from - LONGEST_BLOCK_MS, to, from) as { data: Packed }[];
    const frames = rows
      .flatMap(({ data }) => framesOf(data, from, to))
      .filter(({ frame }) => !isContinued || startMs(frame) >= from);
    frames.sort((a, b) => startMs(a.frame) - startMs(b.frame) || (a.frame.epoch < b.frame.epoch ? -1 : 1));
    const once = frames.filter(({ frame }, i) => {
      const before = frames[i - 1]?.frame;
      return before?.epoch !== frame.epoch || before.firstSample !== frame.firstSample;
    });
    return Buffer.concat(once.flatMap(({ bytes }) => [lengthPrefix(bytes.length), bytes]));
  }

  beats(bed: string, from: number, to: number): BeatRange {
    const kept = this.events<Beat>("beats", bed, from, to, HISTORY_LIMITS.rows + 1);
    const last = new Map<string, Relabel>();
    const said = this.relabels.all(bed, from, to) as {
      subject: string;
      text: Beat["beatClass"] | null;
      said_by: string;
      at_ms: number;
    }[];
    for (const { subject, text, said_by: by, at_ms: atMs } of said) {
      if (text === null) last.delete(subject);
      else last.set(subject, { beat: subject, beatClass: text, by, atMs });
    }
    const beats = kept.slice(0, HISTORY_LIMITS.rows).map(({ data }) => data);
    return { bed, beats, relabelled: [...last.values()], missing: kept.length > beats.length };
  }

  /** What was open in the range, and the rhythms told in it and the last before. */
  conditions(bed: string, from: number, to: number): ConditionRange {
    const { rows } = HISTORY_LIMITS;
    const spans = this.openIn(bed, from, to, rows + 1);
    const before = this.lastBefore<Rhythm>("rhythms", bed, from);
    const rhythms = this.events<Rhythm>("rhythms", bed, from, to, rows).map(({ data }) => data);
    return {
      bed,
      conditions: spans.slice(0, rows),
      rhythms: before ? [before.data, ...rhythms] : rhythms,
      missing: spans.length > rows,
    };
  }

  /** Events of the range with their ways, oldest first. */
  events<T>(table: EventTable, bed: string, from: number, to: number, limit: number): (KeptEvent & { data: T })[] {
    const rows = this.sql.prepare(
      `SELECT data FROM ${table} WHERE bed = ? AND time_ms >= ? AND time_ms < ? ORDER BY time_ms, key LIMIT ?`,
    );
    return (rows.all(bed, from, to, limit) as { data: Packed }[]).map(
      ({ data }) => unpackEvent(data) as KeptEvent & { data: T },
    );
  }

  /** The last `limit` events of a bed, the last first. */
  last(table: EventTable, bed: string, limit: number): KeptEvent[] {
    const rows = this.sql.prepare(`SELECT data FROM ${table} WHERE bed = ? ORDER BY time_ms DESC, key DESC LIMIT ?`);
    return (rows.all(bed, limit) as { data: Packed }[]).map(({ data }) => unpackEvent(data));
  }

  private lastBefore<T>(table: EventTable, bed: string, timeMs: number): (KeptEvent & { data: T }) | undefined {
    const rows = this.sql.prepare(
      `SELECT data FROM ${table} WHERE bed = ? AND time_ms < ? ORDER BY time_ms DESC LIMIT 1`,
    );
    const [row] = rows.all(bed, timeMs) as { data: Packed }[];
    return row && (unpackEvent(row.data) as KeptEvent & { data: T });
  }

  /** Conditions that were open in the range. One whose end nobody told was open as long as its recording is known. */
  private openIn(bed: string, from: number, to: number, limit: number): ConditionRange["conditions"] {
    const epochs = this.epochs.all(bed) as { epoch: string; end_ms: number }[];
    const newestMs = Math.max(...epochs.map((one) => one.end_ms));
    const rows = this.spans.all(bed, to, from, limit) as { data: Packed; end_ms: number | null; epoch: string }[];
    return rows.flatMap(({ data, end_ms: endMs, epoch }) => {
      const condition = unpackEvent(data).data as Condition;
      if (endMs !== null) return [{ condition, endTimeMs: endMs }];
      const lastMs = epochs.find((one) => isHeardAs(one.epoch, epoch))?.end_ms ?? condition.timeMs;
      if (lastMs <= from) return [];
      return [{ condition, endTimeMs: lastMs < newestMs ? lastMs : null }];
    });
  }
}

const startMs = ({
  epochStartMs,
  firstSample,
  samplingRateHz,
}: {
  epochStartMs: number;
  firstSample: number;
  samplingRateHz: number;
}): number => epochStartMs + (firstSample / samplingRateHz) * 1000;
