import { Compile, type Validator } from "typebox/compile";
import type { TSchema } from "typebox";
import { CONDITION_KINDS, type ConditionKind, LIFE_THREATENING } from "../../../contracts/condition.ts";
import { BedsideError } from "../../../contracts/errors.ts";
import {
  PolicyChangesSchema,
  type RhythmLimits,
  type RhythmPolicy,
  RhythmPolicyFileSchema,
} from "../../../contracts/rhythm-policy.ts";
import { listed, quoted } from "../../../contracts/words.ts";

/** The first must be less than the second, by twice the hysteresis where both are limits of the heart rate. */
const ASCENDING: readonly (readonly [keyof RhythmLimits, keyof RhythmLimits, "apart"?])[] = [
  ["extremeBradycardiaBpm", "bradycardiaBpm"],
  ["bradycardiaBpm", "tachycardiaBpm", "apart"],
  ["tachycardiaBpm", "extremeTachycardiaBpm"],
  ["pauseSeconds", "asystoleSeconds"],
  ["ventricularRunBeats", "ventricularTachycardiaBeats"],
  ["fibrillationEnds", "fibrillationBegins"],
];

export const fault = (where: string, what: string): BedsideError =>
  new BedsideError("BAD_POLICY", `alarm policy ${where}: ${what}`);

/** Throws BAD_POLICY unless `value` is a policy file, or changes to a policy, for itself. */
export const checkFile = checker(RhythmPolicyFileSchema);
export const checkChanges = checker(PolicyChangesSchema);

/** Throws BAD_POLICY where limits or kinds contradict one another. */
export function checkWhole({ limits, kinds }: Omit<RhythmPolicy, "label">, where: string): void {
  for (const [low, high, apart] of ASCENDING) {
    const least = limits[low] + (apart ? 2 * limits.hysteresisBpm : 0);
    if (apart ? limits[high] >= least : limits[high] > least) continue;
    const how = apart ? `at least twice hysteresisBpm (${limits.hysteresisBpm}) above` : "above";
    throw fault(where, `limits.${high} is ${limits[high]}, must be ${how} limits.${low}, which is ${limits[low]}`);
  }
  for (const kind of LIFE_THREATENING) {
    if (!kinds[kind].enabled) throw fault(where, `kinds.${kind}.enabled is false: life-threatening, it stays on`);
    if (kinds[kind].priority !== "high") {
      throw fault(where, `kinds.${kind}.priority is ${kinds[kind].priority}: life-threatening, it stays high`);
    }
  }
  for (const [kind, { enabled }] of Object.entries(kinds)) {
    if (!enabled && CONDITION_KINDS[kind as ConditionKind].category === "technical") {
      throw fault(where, `kinds.${kind}.enabled is false: what cannot be monitored is always told`);
    }
  }
}

function checker(schema: TSchema): (value: unknown, where: string) => void {
  let validator: Validator | undefined;
  return (value, where) => {
    validator ??= Compile(schema);
    if (validator.Check(value)) return;
    const [first] = validator.Errors(value);
    const path = first.instancePath.slice(1).split("/").filter(Boolean);
    const given = path.reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], value);
    const field = path.length > 0 ? listed([path.join(".")]) : "it";
    throw fault(where, `${field} ${complaint(first, given, path.reduce(within, schema))}`);
  };
}

type Fault = ReturnType<Validator["Errors"]>[number];

/** The part of a schema that a field is of. */
const within = (schema: object, name: string): object =>
  (schema as { properties?: Record<string, object> }).properties?.[name] ?? {};

function complaint({ keyword, message }: Fault, given: unknown, schema: object): string {
  const { minimum, maximum, enum: words } = schema as { minimum?: number; maximum?: number; enum?: readonly string[] };
  if (keyword === "boolean") return "is not known: take it out, or see adult.json for the names";
  const is = `is ${quoted(String(typeof given === "string" ? given : JSON.stringify(given)))}`;
  if (words) return `${is}, must be one of ${words.join(", ")}`;
  if (minimum !== undefined && maximum !== undefined) return `${is}, must be ${minimum} to ${maximum}`;
  if (keyword === "required") return message;
  return `${is}, ${message}`;
}
