import { Type, type Static } from "typebox";
import { growing, identifier, nullable, sampleIndex, unixMs } from "./schema.ts";

/** Alarm priorities, inspired by IEC 60601-1-8 (not certified). */
export const PRIORITIES = ["high", "medium", "low"] as const;
export type Priority = (typeof PRIORITIES)[number];

export interface ConditionKindInfo {
  readonly label: string;
  /** Where there is room for a few letters alone; none: the label is as short as it gets. */
  readonly short?: string;
  readonly category: "physiological" | "technical";
  readonly priority: Priority;
  /**
   * Kinds that are part of this one, so that one event raises one alarm: while it is open they do not begin, and what is
   * open of them ends as it begins. Those that they contain are contained, too.
   */
  readonly contains?: readonly string[];
}

/** Every kind of condition, with its words and priority, the most urgent first. */
export const CONDITION_KINDS = {
  asystole: {
    label: "Asystole",
    category: "physiological",
    priority: "high",
    contains: ["pause", "extreme-bradycardia", "atrial-fibrillation"],
  },
  "ventricular-fibrillation": {
    label: "Ventricular fibrillation",
    short: "VF",
    category: "physiological",
    priority: "high",
    contains: ["asystole", "ventricular-tachycardia", "extreme-tachycardia"],
  },
  "ventricular-tachycardia": {
    label: "Ventricular tachycardia",
    short: "VT",
    category: "physiological",
    priority: "high",
    contains: ["ventricular-run", "ventricular-rhythm", "extreme-tachycardia", "supraventricular-tachycardia"],
  },
  "extreme-bradycardia": {
    label: "Extreme bradycardia",
    short: "Ext. brady",
    category: "physiological",
    priority: "high",
    contains: ["bradycardia", "pause"],
  },
  "extreme-tachycardia": {
    label: "Extreme tachycardia",
    short: "Ext. tachy",
    category: "physiological",
    priority: "high",
    contains: ["tachycardia", "supraventricular-tachycardia"],
  },
  "ventricular-run": {
    label: "Ventricular run",
    short: "V run",
    category: "physiological",
    priority: "medium",
    contains: ["couplet", "r-on-t"],
  },
  "ventricular-rhythm": {
    label: "Ventricular rhythm",
    short: "V rhythm",
    category: "physiological",
    priority: "medium",
    contains: ["couplet", "frequent-pvcs"],
  },
  pause: { label: "Pause", category: "physiological", priority: "medium", contains: ["missed-beat"] },
  "atrial-fibrillation": {
    label: "Atrial fibrillation",
    short: "AF",
    category: "physiological",
    priority: "medium",
    contains: ["irregular-rhythm", "missed-beat"],
  },
  "supraventricular-tachycardia": {
    label: "Supraventricular tachycardia",
    short: "SVT",
    category: "physiological",
    priority: "medium",
    contains: ["tachycardia"],
  },
  bradycardia: { label: "Bradycardia", short: "Brady", category: "physiological", priority: "medium" },
  tachycardia: { label: "Tachycardia", short: "Tachy", category: "physiological", priority: "medium" },
  "r-on-t": { label: "R-on-T", category: "physiological", priority: "medium" },
  couplet: { label: "Couplet", category: "physiological", priority: "low" },
  bigeminy: { label: "Bigeminy", category: "physiological", priority: "low", contains: ["irregular-rhythm"] },
  trigeminy: { label: "Trigeminy", category: "physiological", priority: "low", contains: ["irregular-rhythm"] },
  "frequent-pvcs": { label: "Frequent PVCs", short: "PVCs", category: "physiological", priority: "low" },
  "missed-beat": { label: "Missed beat", category: "physiological", priority: "low" },
  "irregular-rhythm": { label: "Irregular rhythm", short: "Irregular", category: "physiological", priority: "low" },
  "lead-off": { label: "Lead off", category: "technical", priority: "low" },
  "noisy-signal": { label: "Noisy signal", short: "Noisy", category: "technical", priority: "low" },
  "signal-suspect": { label: "Gain or polarity suspect", short: "Gain?", category: "technical", priority: "low" },
  "no-data": { label: "No data", category: "technical", priority: "medium" },
} as const satisfies Record<string, ConditionKindInfo>;

export type ConditionKind = keyof typeof CONDITION_KINDS;

/**
 * No policy may switch these off or have them less urgent, and they break through every silence and every pause: while one of them is open and
 * nobody has acknowledged it, it sounds.
 */
export const LIFE_THREATENING = [
  "asystole",
  "ventricular-fibrillation",
  "ventricular-tachycardia",
  "extreme-bradycardia",
  "extreme-tachycardia",
] as const satisfies readonly ConditionKind[];
const lifeThreatening: ReadonlySet<string> = new Set(LIFE_THREATENING);
export const isLifeThreatening = (kind: string): boolean => lifeThreatening.has(kind);

/** What is known of a kind. One that this version does not know has its name for words, and its conditions their priority. */
export function conditionKind(kind: string): ConditionKindInfo {
  if (Object.hasOwn(CONDITION_KINDS, kind)) return CONDITION_KINDS[kind as ConditionKind];
  const words = kind.replaceAll("-", " ");
  return { label: words.charAt(0).toUpperCase() + words.slice(1), category: "physiological", priority: "high" };
}

/** ecg.conditions.v1: a clinical or technical state of a bed begins, changes or ends, in event time. */
export const ConditionSchema = Type.Object(
  {
    id: Type.String({ maxLength: 256, description: "bed/epoch/kind/beginSample, of a lead also /lead" }),
    bed: identifier,
    epoch: identifier,
    // A reader keeps a kind that it does not know: of each kind a bed has one open condition, of a lead's kind one a lead.
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
    limitBpm: nullable(Type.Number(), {
      default: null,
      description: "the policy's limit that the rate is beyond, where a rate decides",
    }),
    lead: Type.String({
      maxLength: 64,
      default: "",
      description: 'name of the lead that a technical condition is of; "" where it is of the whole bed',
    }),
    policy: Type.String({ maxLength: 64, description: "version of the alarm policy" }),
  },
  { $id: "Condition", additionalProperties: false },
);
export type Condition = Static<typeof ConditionSchema>;

/** What a condition or an alarm is of. */
export interface ConditionSubject {
  readonly kind: string;
  readonly lead: string;
}

export const conditionId = (
  bed: string,
  epoch: string,
  { kind, lead }: ConditionSubject,
  beginSample: number,
): string =>
  lead === "" ? `${bed}/${epoch}/${kind}/${beginSample}` : `${bed}/${epoch}/${kind}/${beginSample}/${lead}`;

/** Of those with the same key a bed has one open at a time. */
export const conditionKey = ({ kind, lead }: ConditionSubject): string => (lead === "" ? kind : `${kind}/${lead}`);

/** Whether a condition says something of the lead of that name; null: not known which, then any does. */
export const concernsLead = ({ lead }: Pick<ConditionSubject, "lead">, name: string | null): boolean =>
  lead === "" || name === null || lead === name;

/** In words, e.g. "Asystole" or "Lead off: MLII". */
export const conditionWords = ({ kind, lead }: ConditionSubject): string =>
  lead === "" ? conditionKind(kind).label : `${conditionKind(kind).label}: ${lead}`;

/** The same in a few letters, e.g. "VT" or "Lead off: MLII". */
export function conditionShort({ kind, lead }: ConditionSubject): string {
  const { label, short = label } = conditionKind(kind);
  return lead === "" ? short : `${short}: ${lead}`;
}
