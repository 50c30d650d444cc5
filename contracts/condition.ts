import { Type, type Static } from "typebox";
import { identifier, nullable, sampleIndex, unixMs } from "./schema.ts";

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

/** ecg.conditions.v1: a clinical or technical state of a bed begins, changes or ends, in event time. */
export const ConditionSchema = Type.Object(
  {
    id: Type.String({ maxLength: 256, description: "bed/epoch/kind/beginSample" }),
    bed: identifier,
    epoch: identifier,
    kind: Type.Enum(Object.keys(CONDITION_KINDS) as ConditionKind[]),
    priority: Type.Enum([...PRIORITIES]),
    phase: Type.Enum(["begin", "update", "end"]),
    beginSample: sampleIndex,
    beginTimeMs: unixMs,
    sample: sampleIndex,
    timeMs: unixMs,
    samplingRateHz: Type.Number({ exclusiveMinimum: 0 }),
    beats: Type.Array(Type.String({ maxLength: 256 }), {
      maxItems: 64,
      description: "ids of the beats that caused it",
    }),
    heartRateBpm: nullable(Type.Number({ minimum: 0 })),
    policy: Type.String({ maxLength: 64, description: "version of the alarm policy" }),
  },
  { $id: "Condition", additionalProperties: false },
);
export type Condition = Static<typeof ConditionSchema>;

export const conditionId = (bed: string, epoch: string, kind: ConditionKind, beginSample: number): string =>
  `${bed}/${epoch}/${kind}/${beginSample}`;
