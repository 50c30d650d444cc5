import type { AlarmEvent } from "../../contracts/alarm.ts";
import type { Beat } from "../../contracts/beat.ts";
import { alarmCodec, beatCodec, commandCodec, conditionCodec, rhythmCodec } from "../../contracts/codec.ts";
import { type Command, isReview } from "../../contracts/command.ts";
import type { Condition } from "../../contracts/condition.ts";
import type { Rhythm } from "../../contracts/rhythm.ts";
import type { Sql } from "./file.ts";
import { type EventMeta, packEvent } from "./pack.ts";
import { EVENT_TABLES, type EventTable } from "./schema.ts";
import type { Trends } from "./trends.ts";

interface EventData {
  readonly beats: Beat;
  readonly conditions: Condition;
  readonly rhythms: Rhythm;
  readonly alarms: AlarmEvent;
  readonly commands: Command;
}

/** An event that was read, with its row. */
export type DecodedEvent = {
  [T in EventTable]: { readonly table: T; readonly data: EventData[T]; readonly row: Row };
}[EventTable];

interface Row {
  readonly timeMs: number;
  /** With bed and time, what is the same for the same event. */
  readonly key: string;
  readonly packed: Uint8Array;
}

const READ: { readonly [T in EventTable]: (value: Uint8Array) => { data: EventData[T]; timeMs: number; key: string } } =
  {
    beats: (value) => {
      const data = beatCodec.decode(value);
      return { data, timeMs: data.timeMs, key: `${data.epoch}/${data.sample}` };
    },
    conditions: (value) => {
      const data = conditionCodec.decode(value);
      return { data, timeMs: data.timeMs, key: `${data.id}/${data.phase}/${data.sample}` };
    },
    rhythms: (value) => {
      const data = rhythmCodec.decode(value);
      return { data, timeMs: data.timeMs, key: `${data.epoch}/${data.sample}` };
    },
    alarms: (value) => {
      const data = alarmCodec.decode(value);
      return { data, timeMs: data.timeMs, key: `${data.sequence}/${data.step}/${data.clockMs}/${data.alarm?.id}` };
    },
    commands: (value) => {
      const data = commandCodec.decode(value);
      return { data, timeMs: data.atMs, key: data.id };
    },
  };

/** Throws BAD_MESSAGE. */
export function decodeKept(table: EventTable, value: Uint8Array, meta: EventMeta): DecodedEvent {
  const { data, timeMs, key } = READ[table](value);
  const row = { timeMs, key, packed: packEvent(Buffer.from(value).toString(), meta) };
  return { table, data, row } as DecodedEvent;
}

/** Writes events, each once, and what is kept of them beside: spans of conditions, episodes of alarms, remarks, trends. */
export class EventWriter {
  private readonly insert;
  private readonly addSpan;
  private readonly addEpisode;
  private readonly addRemark;

  constructor(
    sql: Sql,
    private readonly trends: Trends,
  ) {
    const insert = (table: EventTable) => sql.prepare(`INSERT OR IGNORE INTO ${table} VALUES (?, ?, ?, ?)`);
    this.insert = new Map(EVENT_TABLES.map((table) => [table, insert(table)]));
    this.addSpan = sql.prepare(
      `INSERT INTO spans VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
       SET end_ms = coalesce(excluded.end_ms, end_ms), sample = excluded.sample, data = excluded.data WHERE excluded.sample >= sample`,
    );
    this.addEpisode = sql.prepare(
      `INSERT INTO episodes VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?6, ?7, ?8, ?9) ON CONFLICT DO UPDATE
       SET kind = excluded.kind, priority = excluded.priority, state = excluded.state,
       raised_ms = CASE WHEN ?10 THEN excluded.raised_ms ELSE raised_ms END, changed_ms = excluded.changed_ms,
       clock_ms = excluded.clock_ms, acknowledged = coalesce(excluded.acknowledged, acknowledged), data = excluded.data
       WHERE excluded.clock_ms >= clock_ms`,
    );
    this.addRemark = sql.prepare("INSERT OR IGNORE INTO remarks VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  }

  /** False where it was there. */
  write(event: DecodedEvent): boolean {
    const { table, data, row } = event;
    const { changes } = this.insert.get(table)?.run(data.bed, row.timeMs, row.key, row.packed) ?? { changes: 0 };
    // What is derived is made once.
    if (changes === 0) return false;
    if (event.table === "beats") this.trends.beat(event.data);
    else if (event.table === "conditions") this.condition(event.data, row);
    else if (event.table === "alarms") this.alarm(event.data, row);
    else if (event.table === "commands") this.remark(event.data);
    return true;
  }

  private condition({ id, bed, epoch, kind, beginTimeMs, phase, timeMs, sample }: Condition, { packed }: Row): void {
    this.addSpan.run(id, bed, epoch, kind, beginTimeMs, phase === "end" ? timeMs : null, sample, packed);
  }

  private alarm({ alarm, bed, timeMs, clockMs, step }: AlarmEvent, { packed }: Row): void {
    if (!alarm) return;
    const { id, kind, priority, state, acknowledged } = alarm;
    // Event time may begin anew meanwhile, as behind a restart: when an alarm was raised is what its raising says.
    const isRaised = step === "raised" || step === "rose" ? 1 : 0;
    const said = acknowledged && JSON.stringify({ by: acknowledged.by, reason: acknowledged.reason, timeMs });
    this.addEpisode.run(id, bed, kind, priority, state, timeMs, clockMs, said, packed, isRaised);
  }

  /** What is said of what was. */
  private remark({ id, bed, action, atMs, alarm, beat, by, reason }: Command): void {
    if (!isReview(action)) return;
    const subject = action === "relabel" ? beat?.id : alarm?.id;
    if (subject === undefined) return;
    const text = action === "relabel" ? (beat?.beatClass ?? null) : reason;
    this.addRemark.run(id, subject, bed, action, atMs, beat?.timeMs ?? null, by, text);
  }
}
