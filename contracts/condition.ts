import { Type, type Static } from "typebox";
import { growing, identifier, nullable, sampleIndex, unixMs } from "./schema.ts";

/** Alarm priorities, inspired by IEC 60601-1-8 (not certified). */
export const PRIORITIES = ["high", "medium", "low"] as const;
export type Priority = (typeof PRIORITIES)[number];

export interface ConditionKindInfo {
  readonly label: string;
  readonly category: "physiological" | "technical";
  readonly priority: Priority;
}

/** Every kind of condition, with its words and priority. */
export const CONDITION_KINDS = {
  asystole: { label: "Asystole", category: "physiological", priority: "high" },
  "ventricular-tachycardia": { label: "Ventricular tachycardia", category: "physiological", priority: "high" },
  "ventricular-run": { label: "Ventricular run", category: "physiological", priority: "medium" },
  bradycardia: { label: "Bradycardia", category: "physiological", priority: "medium" },
  tachycardia: { label: "Tachycardia", category: "physiological", priority: "medium" },
  "lead-off": { label: "Lead off", category: "technical", priority: "low" },
  "noisy-signal": { label: "Noisy signal", category: "technical", priority: "low" },
  "no-data": { label: "No data", category: "technical", priority: "medium" },
} as const satisfies Record<string, ConditionKindInfo>;

export type ConditionKind = keyof typeof CONDITION_KINDS;

/** What is known of a kind. One that this version does not know has its name for words, and its conditions their priority. */
export function conditionKind(kind: string): ConditionKindInfo {
  if (Object.hasOwn(CONDITION_KINDS, kind)) return CONDITION_KINDS[kind as ConditionKind];
  const words = kind.replaceAll("-", " ");
  return { label: words.charAt(0).toUpperCase() + words.slice(1), category: "physiological", priority: "high" };
}

/** ecg.conditions.v1: a clinical or technical state of a bed begins, changes or ends, in event time. */
export const ConditionSchema = Type.Object(
  {
    id: Type.String({ maxLength: 256, description: "bed/epoch/kind/beginSample" }),
    bed: identifier,
    epoch: identifier,
    // A reader keeps a kind that it does not know: of each kind a bed has one open condition.
    kind: Type.Unsafe<string>(growing(Object.keys(CONDITION_KINDS) as ConditionKind[])),
    // Rather too loud than silent.
    priority: growing(PRIORITIES, { unknownAs: "high" }),
    // What has not ended goes on.
    phase: growing(["begin", "update", "end"], { unknownAs: "update" }),
    beginSample: sampleIndex,
    beginTimeMs: unixMs,
    sample: sampleIndex,
    timeMs: unixMs,
    samplingRateHz: Type.Number({ exclusiveMinimum: 0 }),
    beats: Type.Array(Type.String({ maxLength: 256 }), {
      maxItems: 64,
      default: [],
      description: "ids of the beats that caused it",
    }),
    heartRateBpm: nullable(Type.Number({ minimum: 0 }), { default: null }),
    policy: Type.String({ maxLength: 64, description: "version of the alarm policy" }),
  },
  { $id: "Condition", additionalProperties: false },
);
export type Condition = Static<typeof ConditionSchema>;

export const conditionId = (bed: string, epoch: string, kind: ConditionKind, beginSample: number): string =>
  `${bed}/${epoch}/${kind}/${beginSample}`;
