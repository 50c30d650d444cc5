import type { Admission } from "../../contracts/admission.ts";
import type { AlarmEvent } from "../../contracts/alarm.ts";
import type { Sql } from "./file.ts";
import { type KeptEvent, unpackEvent } from "./pack.ts";
import { RangeReader } from "./reader.ts";

/** An alarm's step as it was told. */
export interface ToldAlarm {
  readonly event: AlarmEvent;
  /** When, Unix ms of the wall's clock. */
  readonly publishedAtMs: number;
}

/** Who lay in which bed when the process before ended. */
export function admissionsOf(sql: Sql): Admission[] {
  const rows = sql.prepare("SELECT data FROM admissions ORDER BY bed").all() as { data: string }[];
  return rows.map(({ data }) => JSON.parse(data) as Admission);
}

/** Of a bed's steps, the last ones: what is told again changes nothing, and commands are known. */
const STEPS = 300;

/** In the order they were told: what a worker must know of all beds' alarms to go on with them, the last steps of those that stand at least. */
export function standingAlarms(sql: Sql): ToldAlarm[] {
  const beds = sql.prepare("SELECT DISTINCT bed FROM episodes").all() as { bed: string }[];
  const standing = sql.prepare("SELECT data FROM episodes WHERE bed = ? AND state <> 'cleared'");
  const reader = new RangeReader(sql);
  return beds.flatMap(({ bed }) => {
    const open = (standing.all(bed) as { data: ArrayBuffer }[]).map(({ data }) => unpackEvent(data));
    const steps = new Map([...open, ...reader.last("alarms", bed, STEPS)].map((kept) => [keyOf(kept), kept]));
    return [...steps.values()].map(told).toSorted(byTelling);
  });
}

const keyOf = ({ data }: KeptEvent): string => {
  const { sequence, step, clockMs, alarm } = data as AlarmEvent;
  return `${sequence}/${step}/${clockMs}/${alarm?.id}`;
};

const told = ({ data, meta }: KeptEvent): ToldAlarm => {
  const event = data as AlarmEvent;
  return { event, publishedAtMs: meta.publishedAtMs ?? event.clockMs };
};

const byTelling = (a: ToldAlarm, b: ToldAlarm): number =>
  a.publishedAtMs - b.publishedAtMs || a.event.sequence - b.event.sequence;
