import type { AlarmEvent } from "../../contracts/alarm.ts";
import type { Command } from "../../contracts/command.ts";
import type { Condition } from "../../contracts/condition.ts";
import { BedAlarms, type TimedEpoch } from "./bed-alarms.ts";
import { PRESENTATION, type PresentationPolicy } from "./policy.ts";

/** A whole epoch of a bed. */
export interface AlarmedRecord extends TimedEpoch {
  readonly bed: string;
  /** Its length. */
  readonly samples: number;
  /** As they were told, in order. */
  readonly conditions: readonly Condition[];
  /** By the bed's event time: heeded behind what was decided before `atMs`. */
  readonly commands?: readonly Command[];
}

/** The alarm log of a recording: what the live pipeline says of it, step by step, to the byte. */
export function alarmsOf(record: AlarmedRecord, policy: PresentationPolicy = PRESENTATION): AlarmEvent[] {
  const { bed, samples, epochStartMs, samplingRateHz, commands = [] } = record;
  const alarms = new BedAlarms(bed, policy);
  const events: AlarmEvent[] = [];
  let heard = 0;
  const hearUntil = (sample: number): void => {
    const from = heard;
    while (heard < record.conditions.length && record.conditions[heard].sample < sample) heard++;
    events.push(...alarms.hear(record, record.conditions.slice(from, heard), sample));
  };
  for (const command of commands.toSorted((a, b) => a.atMs - b.atMs)) {
    const sample = Math.floor(((command.atMs - epochStartMs) / 1000) * samplingRateHz);
    hearUntil(Math.min(Math.max(0, sample), samples));
    events.push(...alarms.command(command, false));
  }
  hearUntil(samples);
  // What ends with the epoch is decided at its end.
  events.push(...alarms.hear(record, record.conditions.slice(heard), samples));
  return events;
}
