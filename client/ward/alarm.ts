import { msg, str } from "@lit/localize";
import type { Alarm as AlarmLife, Hush } from "../../contracts/alarm.ts";
import {
  type Condition,
  CONDITION_KINDS,
  conditionKey,
  conditionKind,
  type Priority,
} from "../../contracts/condition.ts";
import type { HeartRate } from "../../contracts/heart-rate.ts";
import { conditionShort, conditionWords } from "../words/conditions.ts";
import type { MonitoredBed } from "./monitored-bed.ts";
import { wordsFor } from "./unmonitored.ts";

/** What a bed calls for: an alarm, an open condition of which none is told, or that nobody monitors it. Times in arguments are of `performance.now()`. */
export interface Alarm {
  readonly id: string;
  readonly kind: string;
  readonly label: string;
  /** The label in a few letters. */
  readonly short: string;
  /** More in plain words; null where the label says it all. */
  readonly detail: string | null;
  readonly category: "physiological" | "technical";
  readonly priority: Priority;
  /** Begin, for the order of alarms. */
  readonly beginTimeMs: number;
  readonly lastedMs: (nowMs: number) => number;
  /** Its clock stands: the page is cut off, and nobody here knows whether it goes on. */
  readonly isStopped: boolean;
  /** As its events tell it; null where none does. */
  readonly life: AlarmLife | null;
  /** What has become of it, in words, what must be known first; none where it is as it was raised. */
  readonly status: readonly string[];
  /** Somebody has acknowledged it, or it is a line that is left of it. */
  readonly isQuiet: boolean;
}

/** An open condition of which no alarm has been told. */
export function alarmOf(bed: MonitoredBed, condition: Condition): Alarm {
  const { id, kind, priority, beginTimeMs } = condition;
  const label = conditionWords(condition);
  const short = conditionShort(condition);
  const { category } = conditionKind(kind);
  const lastedMs = (nowMs: number): number => bed.eventNowMs(nowMs) - beginTimeMs;
  const told = { life: null, status: [], isQuiet: false, isStopped: bed.cutOffMs !== null };
  return { id, kind, label, short, detail: null, category, priority, beginTimeMs, lastedMs, ...told };
}

function toldAlarmOf(bed: MonitoredBed, life: AlarmLife): Alarm {
  const { id, kind, priority, beginTimeMs, timeMs, ended, acknowledged, sounding, state } = life;
  const label = conditionWords(life);
  const short = conditionShort(life);
  const { category } = conditionKind(kind);
  const lastedMs = (nowMs: number): number => (ended ? timeMs : bed.eventNowMs(nowMs)) - beginTimeMs;
  const isQuiet = acknowledged !== null || (state === "latched" && !sounding);
  const detail = acknowledged ? msg(str`acknowledged by ${acknowledged.by}`) : null;
  const status = statusOf(life);
  const isStopped = bed.cutOffMs !== null && !ended;
  const told = { life, status, isQuiet, isStopped };
  return { id, kind, label, short, detail, category, priority, beginTimeMs, lastedMs, ...told };
}

function statusOf({ acknowledged, silencedUntilMs, sounding, state, station }: AlarmLife): string[] {
  if (acknowledged) return [msg("acknowledged")];
  return [
    ...(state === "latched" ? [msg("ended")] : []),
    ...(silencedUntilMs !== null && !sounding ? [msg("silenced")] : []),
    ...(station > 1 ? [msg("second station")] : []),
  ];
}

/** Of the alarm that a heart rate belongs to, as it goes on; null where it belongs to none. */
export function priorityOf({ condition }: HeartRate, bed: MonitoredBed): Priority | null {
  if (condition === null) return null;
  const told = bed.alarms?.alarms.find(({ kind, ended }) => kind === condition && !ended);
  return told?.priority ?? bed.open.get(condition)?.priority ?? null;
}

/** All of a bed, the most urgent first. */
export function alarmsOf(bed: MonitoredBed): Alarm[] {
  const told = bed.alarms?.alarms ?? [];
  // Rather too loud than silent: a condition of which no alarm has been told calls for somebody all the same.
  const keys = new Set(told.map(conditionKey));
  const untold = [...bed.open.values()].filter((condition) => !keys.has(conditionKey(condition)));
  const alarms = [...told.map((life) => toldAlarmOf(bed, life)), ...untold.map((condition) => alarmOf(bed, condition))];
  const { unmonitored, cutOffMs } = bed;
  if (cutOffMs !== null) alarms.push(cutOffAlarmOf(bed, cutOffMs));
  if (unmonitored) {
    const { label, short: detail } = wordsFor(unmonitored);
    alarms.push({
      id: `${bed.bed}/${UNMONITORED}`,
      kind: UNMONITORED,
      label,
      short: label,
      detail,
      category: "technical",
      priority: "medium",
      // Of alarms of its priority it stands first: it says what the others are worth.
      beginTimeMs: Number.POSITIVE_INFINITY,
      lastedMs: (nowMs) => (cutOffMs ?? nowMs) - unmonitored.sinceMs,
      life: null,
      status: [],
      isQuiet: false,
      isStopped: cutOffMs !== null,
    });
  }
  return alarms.sort(byUrgency);
}

const UNMONITORED = "unmonitored";

/** The kind of the alarm that a page raises itself while it is cut off from the gateway. */
export const CUT_OFF = "cut-off";

/** Of a bed of which the page hears nothing since `sinceMs`: no data here, whatever goes on there. */
function cutOffAlarmOf(bed: MonitoredBed, sinceMs: number): Alarm {
  return {
    id: `${bed.bed}/${CUT_OFF}`,
    kind: CUT_OFF,
    label: msg("No data"),
    short: msg("No data"),
    detail: msg("this screen is cut off from the server"),
    category: "technical",
    priority: CONDITION_KINDS["no-data"].priority,
    beginTimeMs: bed.eventNowMs(sinceMs),
    lastedMs: (nowMs) => nowMs - sinceMs,
    isStopped: false,
    life: null,
    status: [],
    isQuiet: false,
  };
}

const ORDER = { high: 0, medium: 1, low: 2 } as const;

/** What is left of a bed's silence or pause, ms; `nowMs` of `performance.now()`. */
export function hushLeftMs(bed: MonitoredBed, hush: Hush, nowMs: number): number {
  const { alarms } = bed;
  const sinceMs = alarms ? bed.eventNowMs(nowMs) - alarms.timeMs : 0;
  return Math.max(0, hush.untilMs - (alarms?.clockMs ?? 0) - Math.max(0, sinceMs));
}

/** High priority first, but what is quiet last; of one priority, what goes on before what is over, the clinical before the technical, then the latest first. */
export function byUrgency(a: Alarm, b: Alarm): number {
  if (a.isQuiet !== b.isQuiet) return a.isQuiet ? 1 : -1;
  const later = a.beginTimeMs === b.beginTimeMs ? 0 : b.beginTimeMs - a.beginTimeMs;
  return ORDER[a.priority] - ORDER[b.priority] || over(a) - over(b) || below(a) - below(b) || later;
}

const over = ({ life }: Alarm): number => (life?.state === "latched" ? 1 : 0);

/** 1 for what stands below others of its priority. */
const below = ({ category, kind }: Alarm): number =>
  category === "technical" && kind !== UNMONITORED && kind !== CUT_OFF ? 1 : 0;
