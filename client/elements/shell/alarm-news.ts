import { msg, str } from "@lit/localize";
import type { Priority } from "../../../contracts/condition.ts";
import { priorityWords } from "../../words/conditions.ts";
import type { BedAlarm } from "../../ward/ward-store.ts";

/** What is said of an alarm once: that it was raised, rose, or ended. */
export interface AlarmNews {
  readonly words: string;
  readonly isUrgent: boolean;
}

interface Heard {
  readonly bed: string;
  readonly label: string;
  readonly kind: string;
  readonly priority: Priority;
  readonly ended: boolean;
}

const RANK = { high: 2, medium: 1, low: 0 } as const;

/** Remembers which alarms have been told: each call gives what has changed since the one before, the most urgent first. */
export function alarmNews(): (alarms: readonly BedAlarm[]) => AlarmNews[] {
  let heard = new Map<string, Heard>();
  return (alarms) => {
    const before = heard;
    heard = new Map(alarms.map(({ bed, alarm }) => [alarm.id, heardOf(bed.bed, alarm)]));
    const news = alarms.flatMap(({ bed, alarm }): AlarmNews[] => {
      const was = before.get(alarm.id);
      const { label, detail, kind, priority } = alarm;
      const words = msg(str`Bed ${bed.bed}: ${detail === null ? label : `${label}, ${detail}`}`);
      const isUrgent = priority === "high";
      const ended = alarm.life?.ended ?? false;
      if (!was || (was.ended && !ended)) return alarm.isQuiet ? [] : [{ words, isUrgent }];
      if (ended && !was.ended) return [{ words: endedWords(bed.bed, label), isUrgent: false }];
      const rose = kind !== was.kind || RANK[priority] > RANK[was.priority];
      return rose ? [{ words: `${words}, ${priorityWords(priority)}`, isUrgent }] : [];
    });
    const over = [...before].filter(([id, { ended }]) => !ended && !heard.has(id));
    return [...news, ...over.map(([, { bed, label }]) => ({ words: endedWords(bed, label), isUrgent: false }))];
  };
}

const endedWords = (bed: string, label: string): string => msg(str`Bed ${bed}: ${label} ended`);

const heardOf = (bed: string, { label, kind, priority, life }: BedAlarm["alarm"]): Heard => ({
  bed,
  label,
  kind,
  priority,
  ended: life?.ended ?? false,
});
