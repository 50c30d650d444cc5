import type { BusMessage } from "../../bus/bus.ts";
import type { Alarm, AlarmEvent } from "../../contracts/alarm.ts";
import { alarmCodec } from "../../contracts/codec.ts";
import type { Command, CommandAction } from "../../contracts/command.ts";
import type { ConditionKind } from "../../contracts/condition.ts";
import { TOPICS } from "../../contracts/topics.ts";
import { conditionAt } from "./messages.ts";

/** An alarm that was raised at `sample` of 250 Hz, or a later step of it. */
export function alarmEventAt(
  bed: string,
  kind: ConditionKind,
  sample: number,
  { alarm = {}, ...change }: Partial<Omit<AlarmEvent, "alarm">> & { readonly alarm?: Partial<Alarm> } = {},
): AlarmEvent {
  const { id, epoch, priority, timeMs, samplingRateHz } = conditionAt(bed, kind, "begin", sample);
  return {
    bed,
    epoch,
    sample,
    sequence: 1,
    step: "raised",
    timeMs,
    clockMs: timeMs,
    silence: null,
    pause: null,
    alarm: {
      id,
      bed,
      epoch,
      kind,
      priority,
      state: "active",
      version: 1,
      sounding: true,
      silencedUntilMs: null,
      acknowledged: null,
      station: 1,
      condition: id,
      beginSample: sample,
      beginTimeMs: timeMs,
      sample,
      timeMs,
      samplingRateHz,
      heartRateBpm: null,
      lead: "",
      ended: false,
      shownUntilMs: timeMs + 5000,
      escalatesAtMs: null,
      ...alarm,
    },
    command: null,
    by: null,
    reason: null,
    policy: "test",
    ...change,
  };
}

export const alarmMessage = (event: AlarmEvent): BusMessage => ({
  topic: TOPICS.alarms,
  key: event.bed,
  value: alarmCodec.encode(event),
});

let commands = 0;

export const commandAt = (bed: string, action: CommandAction, change: Partial<Command> = {}): Command => ({
  id: `command-${++commands}`,
  bed,
  action,
  alarm: null,
  beat: null,
  by: "nurse",
  reason: null,
  atMs: 1e12,
  ...change,
});
