import { Type, type Static, type TProperties } from "typebox";
import { AlarmEventSchema } from "./alarm.ts";
import { BeatClassSchema, BeatSchema } from "./beat.ts";
import { ConditionSchema } from "./condition.ts";
import { fraction, nullable } from "./schema.ts";

const object = <T extends TProperties>(properties: T) => Type.Object(properties, { additionalProperties: false });
const millivolts = Type.Array(nullable(Type.Number()), { description: "mV; null where no sample is" });

/** A lead's samples around a beat. */
const StretchSchema = object({
  samplingRateHz: Type.Number({ exclusiveMinimum: 0 }),
  firstMs: Type.Number({ description: "of the first sample, against the R peak" }),
  millivolts,
});

const NamedValueSchema = object({ name: Type.String(), value: Type.Number() });

/** How much a class's probability falls where a part of what the model saw is taken away. */
const OcclusionSchema = object({
  beatClass: Type.Enum(["N", "S", "V", "F"], { description: "the class that the model thinks most probable" }),
  probability: Type.Number({ description: "with nothing taken away" }),
  window: Type.Array(
    object({
      fromMs: Type.Number({ description: "against the R peak" }),
      toMs: Type.Number(),
      fall: Type.Number({ description: "of the probability when a straight line stands in place of this part" }),
    }),
  ),
  features: Type.Array(
    object({ name: Type.String(), fall: Type.Number({ description: "when the feature is 0, as it is in the mean" }) }),
  ),
});

/** Why a beat has its class: made anew from the signal that was recorded. */
export const ExplanationSchema = object({
  anew: object({
    beatClass: BeatClassSchema,
    probabilities: object({ N: fraction, S: fraction, V: fraction, F: fraction }),
    quality: fraction,
    model: Type.String({ description: "hash of the model that answered here" }),
    heardSeconds: Type.Number({ description: "of signal before the beat" }),
    fromEpochStart: Type.Boolean({
      description: "all that the model had heard; else its memory began later than live",
    }),
    difference: Type.Number({ description: "the largest one of a probability, against what was told" }),
  }),
  raw: StretchSchema,
  filtered: StretchSchema,
  window: object({
    samplingRateHz: Type.Number(),
    rIndex: Type.Integer({ description: "place of the R peak" }),
    values: Type.Array(Type.Number(), { description: "[187] as the model saw it" }),
  }),
  features: Type.Array(NamedValueSchema),
  noise: Type.Array(NamedValueSchema, { description: "what the gate judged the reading by" }),
  occlusion: OcclusionSchema,
});
export type Explanation = Static<typeof ExplanationSchema>;
export type Stretch = Static<typeof StretchSchema>;

/** A beat's way to a condition, and from there to an alarm. */
const RuleSchema = object({
  condition: Type.Object(ConditionSchema.properties, {
    description: "as it was told last with the beat's name, or last of all",
  }),
  named: Type.Boolean({ description: "it names the beat as one that caused it; else it was open when the beat came" }),
  steps: Type.Array(Type.Object(AlarmEventSchema.properties), {
    description: "of the alarm that the condition raised or held, in their order; none where it raised none",
  }),
});
export type Rule = Static<typeof RuleSchema>;

/** GET /api/provenance */
export const ProvenanceQuerySchema = object({
  beat: Type.String({ minLength: 3, maxLength: 256, description: "a beat's id" }),
});
export type ProvenanceQuery = Static<typeof ProvenanceQuerySchema>;

/** Its answer: where a beat comes from, and what came of it. */
export const ProvenanceSchema = object({
  beat: Type.Object(BeatSchema.properties, { description: "as it was told" }),
  meta: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]), {
    description:
      "topic, partition and offset of the beat; source: those of the frame it was decided on; times of the hops, Unix ms, as on the socket",
  }),
  explanation: nullable(ExplanationSchema),
  why: nullable(Type.String(), { description: "why there is no explanation" }),
  policy: object({
    told: nullable(Type.String(), { description: "label of the bed's alarm policy at the beat; null: not kept" }),
    heard: Type.String({ description: "label of the one that the signal was heard again with" }),
  }),
  rules: Type.Array(RuleSchema),
});
export type Provenance = Static<typeof ProvenanceSchema>;
