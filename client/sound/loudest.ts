import type { Priority } from "../../contracts/condition.ts";
import type { BedAlarm } from "../ward/ward-store.ts";

const RANK = { high: 2, medium: 1, low: 0 } as const;

/**
 * The highest priority of what sounds in the ward; null where nothing does. What its events tell of an alarm decides: silence, pause and acknowledgement
 * are in it. One of which none is told sounds unless its bed's sound is off, and so does what the page itself finds: rather too loud than silent.
 */
export function loudestOf(alarms: readonly BedAlarm[]): Priority | null {
  let loudest: Priority | null = null;
  for (const { alarm, bed } of alarms) {
    const isHushed = Boolean(bed.alarms?.pause || bed.alarms?.silence);
    const sounds = alarm.life ? alarm.life.sounding : !isHushed;
    if (sounds && (loudest === null || RANK[alarm.priority] > RANK[loudest])) loudest = alarm.priority;
  }
  return loudest;
}
