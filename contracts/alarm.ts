import { Type, type Static } from "typebox";
import { CONDITION_KINDS, type ConditionKind, PRIORITIES } from "./condition.ts";
import { growing, identifier, nullable, sampleIndex, unixMs } from "./schema.ts";

/**
 * Steps of an alarm's life, and (where an event holds no alarm) of its bed:
 * raised: its condition has begun, or begun again · rose: it is of a higher priority, or of a kind that contains what it was ·
 * ended: its condition has, and it is shown for its shortest time · latched: its condition has ended and nobody has acknowledged
 * it · acknowledged · silenced, paused: its sound is off for a time · resounded: its sound is on again · reminded · escalated:
 * nobody has acted for long: of higher priority, or told at another station · cleared: it is over · refused: a command changes
 * nothing, and why · unsilenced, resumed: the bed's silence or pause is over.
 */
const ALARM_STEPS = [
  "raised",
  "rose",
  "ended",
  "latched",
  "acknowledged",
  "silenced",
  "paused",
  "resounded",
  "reminded",
  "escalated",
  "cleared",
  "refused",
  "unsilenced",
  "resumed",
] as const;
export type AlarmStep = (typeof ALARM_STEPS)[number];

/** A time of the bed's alarm clock, which never goes back and never leaps (AlarmEvent.clockMs). */
const clockMs = Type.Number({ description: "of the bed's alarm clock, ms" });

/** An alarm, whole, as it is after a step. A bed has at most one of a kind (and lead) that is not cleared. */
export const AlarmSchema = Type.Object(
  {
    id: Type.String({ maxLength: 256, description: "of the condition that raised it" }),
    bed: identifier,
    epoch: identifier,
    kind: Type.Unsafe<string>(growing(Object.keys(CONDITION_KINDS) as ConditionKind[])),
    priority: growing(PRIORITIES, { unknownAs: "high" }),
    // Rather too long than too short.
    state: growing(["active", "latched", "cleared"], { unknownAs: "active" }),
    version: Type.Integer({
      minimum: 1,
      description: "counts what somebody who acknowledges must have seen: raised, rose, escalated, acknowledged",
    }),
    sounding: Type.Boolean(),
    silencedUntilMs: nullable(clockMs, { default: null }),
    acknowledged: nullable(
      Type.Object({
        by: Type.String({ maxLength: 64 }),
        atMs: clockMs,
        reason: nullable(Type.String({ maxLength: 200 }), { default: null }),
      }),
      { default: null },
    ),
    station: Type.Integer({ minimum: 1, default: 1, description: "1 the bed's own, 2 the second one, too" }),
    condition: Type.String({ maxLength: 256, description: "id of the condition that was last told to be open" }),
    beginSample: sampleIndex,
    beginTimeMs: unixMs,
    sample: sampleIndex,
    timeMs: unixMs,
    samplingRateHz: Type.Number({ exclusiveMinimum: 0 }),
    heartRateBpm: nullable(Type.Number({ minimum: 0 }), { default: null }),
    lead: Type.String({
      maxLength: 64,
      default: "",
      description: 'as of its condition; "" where that is of the whole bed',
    }),
    ended: Type.Boolean({ default: false, description: "the condition has; the alarm may be shown all the same" }),
    shownUntilMs: clockMs,
    escalatesAtMs: nullable(clockMs, { default: null }),
  },
  { $id: "Alarm", additionalProperties: false },
);
export type Alarm = Static<typeof AlarmSchema>;

/** Sound that is off until a time, and by whom. */
const HushSchema = Type.Object(
  { sinceMs: clockMs, untilMs: clockMs, by: Type.String({ maxLength: 64 }) },
  { $id: "Hush", additionalProperties: false },
);
export type Hush = Static<typeof HushSchema>;

const bedWide = {
  timeMs: Type.Unsafe<number>({ ...unixMs, description: "the bed's event time, Unix ms" }),
  clockMs: Type.Unsafe<number>({
    ...clockMs,
    description:
      "the bed's alarm clock at this moment: event time where that goes on; a jump of it adds nothing. " +
      "What is left of a countdown is its end less this",
  }),
  silence: nullable(HushSchema, { default: null }),
  pause: nullable(HushSchema, { default: null }),
};

/** ecg.alarms.v1: one step. The last event of each alarm, and the last of the bed, rebuild all that holds. */
export const AlarmEventSchema = Type.Object(
  {
    bed: identifier,
    epoch: Type.Unsafe<string>({ ...identifier, description: 'that was under way; "none" where none has been heard' }),
    sample: Type.Unsafe<number>({ ...sampleIndex, description: "how far that was" }),
    sequence: Type.Integer({ minimum: 1, description: "counts the bed's steps" }),
    step: growing(ALARM_STEPS, { unknownAs: "reminded" }),
    ...bedWide,
    alarm: nullable(AlarmSchema),
    command: nullable(Type.String({ maxLength: 64, description: "id of the command that made the step" }), {
      default: null,
    }),
    by: nullable(Type.String({ maxLength: 64 }), { default: null }),
    reason: nullable(Type.String({ maxLength: 240, description: "of an acknowledgement, or why it was refused" }), {
      default: null,
    }),
    policy: Type.String({ maxLength: 64, description: "version of the presentation policy" }),
  },
  { $id: "AlarmEvent", additionalProperties: false },
);
export type AlarmEvent = Static<typeof AlarmEventSchema>;

/** A bed's alarms as they are: what its events add up to. */
export const BedAlarmsSchema = Type.Object(
  { bed: identifier, ...bedWide, alarms: Type.Array(AlarmSchema, { description: "those that are not cleared" }) },
  { $id: "BedAlarms" },
);
export type BedAlarms = Static<typeof BedAlarmsSchema>;

/** `before` with a further event. */
export function withAlarmEvent(before: BedAlarms | null, event: AlarmEvent): BedAlarms {
  const { bed, timeMs, clockMs: at, silence, pause, alarm } = event;
  const others = before?.alarms.filter(({ id }) => id !== alarm?.id) ?? [];
  const alarms = alarm && alarm.state !== "cleared" ? [...others, alarm] : others;
  return { bed, timeMs, clockMs: at, silence, pause, alarms };
}
