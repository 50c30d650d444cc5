import type { AlarmEvent } from "../../contracts/alarm.ts";
import type { Beat } from "../../contracts/beat.ts";
import type { Condition } from "../../contracts/condition.ts";
import type { Sql } from "./file.ts";
import { type EventMeta, type KeptEvent, unpackEvent } from "./pack.ts";
import type { RangeReader } from "./reader.ts";

export interface KeptBeat {
  readonly beat: Beat;
  readonly meta: EventMeta;
}

/** Conditions that name a beat are told so long before it at the earliest, and so long behind it at the latest. */
const NAMED_BEFORE_MS = 1000;
const NAMED_BEHIND_MS = 10 * 60_000;
const MOST_EVENTS = 5000;

/** One beat, and what came of it. */
export class BeatReader {
  private readonly find;

  constructor(
    sql: Sql,
    private readonly ranges: Pick<RangeReader, "events">,
  ) {
    this.find = sql.prepare("SELECT data FROM beats WHERE bed = ? AND key = ? LIMIT 1");
  }

  beat(id: string): KeptBeat | null {
    const slash = id.indexOf("/");
    const rows = this.find.all(id.slice(0, slash), id.slice(slash + 1)) as { data: ArrayBuffer }[];
    if (rows.length === 0) return null;
    const { data, meta } = unpackEvent(rows[0].data) as KeptEvent & { data: Beat };
    return { beat: data, meta };
  }

  conditionsNaming({ id, bed, timeMs }: Beat): Condition[] {
    const [from, to] = [timeMs - NAMED_BEFORE_MS, timeMs + NAMED_BEHIND_MS];
    return this.ranges
      .events<Condition>("conditions", bed, from, to, MOST_EVENTS)
      .flatMap(({ data }) => (data.beats.includes(id) ? [data] : []));
  }

  /** From `from` on: all steps of an alarm, also those that it took before one of the conditions raised it further. */
  alarmSteps(bed: string, from: number, conditions: readonly string[]): AlarmEvent[] {
    const ids = new Set(conditions);
    const events = this.ranges
      .events<AlarmEvent>("alarms", bed, from, Number.MAX_SAFE_INTEGER, MOST_EVENTS)
      .map(({ data }) => data);
    const alarms = new Set(events.flatMap(({ alarm }) => (alarm && ids.has(alarm.condition) ? [alarm.id] : [])));
    return events.filter(({ alarm }) => alarm !== null && (alarms.has(alarm.id) || ids.has(alarm.id)));
  }
}
