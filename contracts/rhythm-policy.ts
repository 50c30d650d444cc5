import { Type, type Static } from "typebox";
import { CONDITION_KINDS, type ConditionKind, PRIORITIES, type Priority } from "./condition.ts";
import type { Immutable } from "./schema.ts";

/** Whom usual limits are for. */
export const POPULATIONS = ["adult", "paediatric", "neonate"] as const;

const measure = (minimum: number, maximum: number, description: string) =>
  Type.Number({ minimum, maximum, description });
const count = (minimum: number, maximum: number, description: string) =>
  Type.Integer({ minimum, maximum, description });

/** Limits of the conditions and the range that each may have; where the usual ones come from: signal/rhythm/README.md. */
export const RhythmLimitsSchema = Type.Object(
  {
    asystoleSeconds: measure(3, 10, "no QRS for as long as this"),
    pauseSeconds: measure(1, 5, "an interval between two QRS, or since the last, of at least this"),
    qrsDelaySeconds: measure(0.1, 1, "a QRS is known at the latest so long after its R peak: silence counts from then"),
    learningSeconds: measure(
      0,
      10,
      "the detector learns so long: until then no rate is judged, and silence before the first QRS must last longer by it",
    ),
    extremeBradycardiaBpm: measure(15, 120, "slower than this"),
    extremeBradycardiaBeats: count(3, 20, "beats in a row that are so slow"),
    bradycardiaBpm: measure(20, 150, "slower than this"),
    tachycardiaBpm: measure(80, 280, "faster than this"),
    extremeTachycardiaBpm: measure(100, 300, "faster than this"),
    extremeTachycardiaBeats: count(5, 60, "beats in a row that are so fast"),
    hysteresisBpm: measure(0, 20, "a rate must come this far back over its limit before its condition ends"),
    ventricularBpm: measure(60, 250, "least rate of a ventricular run or tachycardia"),
    ventricularRunBeats: count(3, 20, "consecutive ventricular beats that are a run"),
    ventricularTachycardiaBeats: count(3, 60, "consecutive ventricular beats that are a tachycardia"),
    ventricularRunProbability: measure(0.2, 0.95, "of each beat of a run, that it is ventricular: this at least"),
    ventricularTachycardiaProbability: measure(0.05, 0.95, "of each beat of a tachycardia, likewise"),
    ventricularRhythmBeats: count(3, 60, "consecutive ventricular beats, slower, that are a ventricular rhythm"),
    fibrillationBegins: measure(0, 1, "a second looks like ventricular fibrillation from this on"),
    fibrillationEnds: measure(0, 1, "a second does so no longer below this"),
    fibrillationSeconds: count(1, 30, "such seconds in a row that begin ventricular fibrillation"),
    fibrillationEndSeconds: count(1, 30, "such seconds in a row that end it"),
    supraventricularBpm: measure(100, 300, "least rate of a supraventricular tachycardia"),
    supraventricularBeats: count(3, 60, "consecutive beats that are not ventricular, fast all at once"),
    bigeminyCycles: count(2, 20, "pairs of a beat and a ventricular one"),
    trigeminyCycles: count(2, 20, "triples of two beats and a ventricular one"),
    pvcsPerMinute: count(1, 60, "ventricular beats of the last minute: more than this"),
    missedBeatRatio: measure(1.5, 3, "an interval of so many times the mean of those before"),
    irregularSeconds: measure(10, 300, "an irregular rhythm must last this long"),
    qtcMs: measure(300, 550, "QT at one beat a second: a ventricular beat that comes within it is R-on-T"),
    minBeatQuality: measure(0, 1, "a beat whose reading has less quality counts as rejected"),
    leadOffSeconds: count(1, 30, "seconds in a row that begin lead off"),
    leadOnSeconds: count(1, 30, "seconds in a row that end it"),
    noisySeconds: count(1, 30, "seconds in a row that begin a noisy signal"),
    cleanSeconds: count(1, 30, "seconds in a row that end it"),
    updateSeconds: measure(1, 600, "time between updates of a physiological condition that goes on"),
  },
  { additionalProperties: false },
);
export type RhythmLimits = Immutable<Static<typeof RhythmLimitsSchema>>;

const KindPolicySchema = Type.Object(
  {
    priority: Type.Optional(Type.Enum([...PRIORITIES])),
    enabled: Type.Optional(Type.Boolean({ description: "false: it never begins" })),
  },
  { additionalProperties: false },
);

const closed = { additionalProperties: false } as const;
const kindPolicies = Object.fromEntries(Object.keys(CONDITION_KINDS).map((kind) => [kind, KindPolicySchema]));

const changes = {
  limits: Type.Optional(Type.Partial(RhythmLimitsSchema, closed)),
  kinds: Type.Optional(Type.Partial(Type.Object(kindPolicies), closed)),
};

/** What a bed has otherwise than its policy. */
export const PolicyChangesSchema = Type.Object(changes, { additionalProperties: false });
export interface PolicyChanges {
  readonly limits?: Partial<RhythmLimits>;
  readonly kinds?: Readonly<
    Partial<Record<ConditionKind, { readonly priority?: Priority; readonly enabled?: boolean }>>
  >;
}

/** A policy file: complete, or what it has otherwise than the named policy that it is based on. */
export const RhythmPolicyFileSchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 32, pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$" }),
    version: count(1, 1_000_000, "counts its revisions"),
    population: Type.Enum([...POPULATIONS]),
    base: Type.Optional(Type.Enum([...POPULATIONS])),
    ...changes,
  },
  { additionalProperties: false },
);

/** A policy as the rhythm monitor keeps it: checked and whole. */
export interface RhythmPolicy {
  readonly name: string;
  readonly version: number;
  readonly population: (typeof POPULATIONS)[number];
  readonly limits: RhythmLimits;
  readonly kinds: Readonly<Record<ConditionKind, { readonly priority: Priority; readonly enabled: boolean }>>;
  /** `name-version:hash`, hash over all that decides: equal labels, equal conditions of equal events. */
  readonly label: string;
}
