import { type Condition, conditionKind, type Priority } from "../../contracts/condition.ts";
import type { MonitoredBed } from "./monitored-bed.ts";
import { wordsFor } from "./unmonitored.ts";

/** What a bed calls for: an open condition, or that nobody monitors it. Times in arguments are of `performance.now()`. */
export interface Alarm {
  readonly id: string;
  readonly kind: string;
  readonly label: string;
  /** More in plain words; null where the label says it all. */
  readonly detail: string | null;
  readonly category: "physiological" | "technical";
  readonly priority: Priority;
  /** Begin, for the order of alarms. */
  readonly beginTimeMs: number;
  readonly lastedMs: (nowMs: number) => number;
}

export function alarmOf(bed: MonitoredBed, { id, kind, priority, beginTimeMs }: Condition): Alarm {
  const { label, category } = conditionKind(kind);
  const lastedMs = (nowMs: number): number => bed.eventNowMs(nowMs) - beginTimeMs;
  return { id, kind, label, detail: null, category, priority, beginTimeMs, lastedMs };
}

/** All of a bed, the most urgent first. */
export function alarmsOf(bed: MonitoredBed): Alarm[] {
  const alarms = [...bed.open.values()].map((condition) => alarmOf(bed, condition));
  const { unmonitored } = bed;
  if (unmonitored) {
    const { label, short } = wordsFor(unmonitored);
    alarms.push({
      id: `${bed.bed}/${UNMONITORED}`,
      kind: UNMONITORED,
      label,
      detail: short,
      category: "technical",
      priority: "medium",
      // Of alarms of its priority it stands first: it says what the others are worth.
      beginTimeMs: Number.POSITIVE_INFINITY,
      lastedMs: (nowMs) => nowMs - unmonitored.sinceMs,
    });
  }
  return alarms.sort(byUrgency);
}

const UNMONITORED = "unmonitored";

const ORDER = { high: 0, medium: 1, low: 2 } as const;

/** High priority first; of one priority, the latest first. */
export function byUrgency(a: Alarm, b: Alarm): number {
  const later = a.beginTimeMs === b.beginTimeMs ? 0 : b.beginTimeMs - a.beginTimeMs;
  return ORDER[a.priority] - ORDER[b.priority] || later;
}
