import { type Static, Type } from "typebox";
import { fraction, type Immutable } from "./schema.ts";
import { IntervalSchema, leftOut, share } from "./scoring.ts";

/** What monitors raised the alarms of the PhysioNet/CinC Challenge 2015 for, in its own words. */
export const CHALLENGE_KINDS = [
  "Asystole",
  "Bradycardia",
  "Tachycardia",
  "Ventricular_Flutter_Fib",
  "Ventricular_Tachycardia",
] as const;
export type ChallengeKind = (typeof CHALLENGE_KINDS)[number];

const count = Type.Integer({ minimum: 0 });
const counts = {
  truePositives: count,
  falseNegatives: count,
  falsePositives: count,
  trueNegatives: count,
};
const figures = {
  ...counts,
  tpr: share,
  tnr: share,
  score: Type.Union([fraction, Type.Null()], { description: "(TP + TN) / (TP + TN + FP + 5 FN)" }),
};
const ChallengeFiguresSchema = Type.Object({
  ...figures,
  interval: Type.Object({ tpr: IntervalSchema, tnr: IntervalSchema }, { description: "exact, 95 %" }),
});
const kind = Type.Enum([...CHALLENGE_KINDS]);

/** What `npm run alarms -- --challenge --json` writes. */
export const ChallengeScoreSchema = Type.Object({
  version: Type.Literal(1),
  command: Type.String(),
  split: Type.Enum(["development", "report", "all"]),
  policy: Type.String(),
  model: Type.String({ minLength: 1 }),
  decisionSeconds: Type.Number({ description: "of the monitor's alarm: nothing that is said later counts" }),
  windowSeconds: Type.Number({ description: "before it, in which a condition that is open raises it, too" }),
  all: ChallengeFiguresSchema,
  kinds: Type.Array(Type.Object({ kind, ...ChallengeFiguresSchema.properties })),
  perRecord: Type.Array(Type.Object({ record: Type.String(), kind, isTrue: Type.Boolean(), isRaised: Type.Boolean() })),
  leftOut,
});

/** What a look at the report half leaves in the model's card. */
export const ChallengeOpeningSchema = Type.Object({
  challenge: Type.Object({ all: Type.Object(figures), kinds: Type.Array(Type.Object({ kind, ...figures })) }),
});
export type ChallengeOpening = Immutable<Static<typeof ChallengeOpeningSchema>>;
export type ChallengeFigures = Immutable<Static<typeof ChallengeFiguresSchema>>;
export type ChallengeScore = Immutable<Static<typeof ChallengeScoreSchema>>;
