import { type Static, Type } from "typebox";
import { CONDITION_KINDS, type ConditionKind } from "./condition.ts";
import { type Immutable, nullable } from "./schema.ts";
import { IntervalSchema, leftOut, share } from "./scoring.ts";

/** What `npm run evaluate -- --rhythms --json` writes. Fractions are null where there is nothing to divide by; times are seconds. */

const count = Type.Integer({ minimum: 0 });
const seconds = Type.Number({ minimum: 0 });
const kind = Type.Enum(Object.keys(CONDITION_KINDS) as ConditionKind[]);

const figures = {
  seconds: Type.Number({ minimum: 0, description: "scored" }),
  episodes: Type.Object({
    reference: count,
    found: count,
    se: share,
    seInterval: IntervalSchema,
    raised: count,
    right: count,
    ppv: share,
    ppvInterval: IntervalSchema,
  }),
  duration: Type.Object({
    referenceSeconds: seconds,
    foundSeconds: seconds,
    se: share,
    raisedSeconds: seconds,
    rightSeconds: seconds,
    ppv: share,
  }),
  bySecond: Type.Object({
    truePositives: count,
    falseNegatives: count,
    falsePositives: count,
    trueNegatives: count,
    se: share,
    sp: share,
    ppv: share,
  }),
  delaySeconds: Type.Object(
    { median: nullable(seconds), max: nullable(seconds) },
    { description: "from an episode's begin until it was said, of those found" },
  ),
  falsePerHour: nullable(Type.Number({ minimum: 0 })),
  falsePerHourInterval: IntervalSchema,
};

const RowSchema = Type.Object({
  name: Type.String(),
  label: Type.String(),
  kinds: Type.Array(kind),
  containers: Type.Array(kind),
  records: Type.Array(Type.String(), { description: "whose annotators tell of it" }),
  ...figures,
});

const run = Type.Object({ reference: count, found: count, se: share, raised: count, right: count, ppv: share });

const span = Type.Object({ from: seconds, to: seconds });

export const RhythmScoringSchema = Type.Object({
  command: Type.Optional(Type.String({ description: "that made it, without folders of a machine" })),
  database: Type.String(),
  split: nullable(Type.String()),
  records: Type.Array(Type.String()),
  rPeaksAlone: Type.Array(Type.String(), { description: "records without signals: their R peaks were heard" }),
  skipSeconds: seconds,
  slackMs: seconds,
  model: Type.Object({ name: Type.String(), hash: Type.String() }),
  policy: Type.String(),
  rows: Type.Array(RowSchema),
  runsByBeats: Type.Object(
    { couplets: run, shortRuns: run, longRuns: run },
    { description: "ventricular beats in a row: 2, 3 to 5, 6 and more (EC57, as WFDB's rxr)" },
  ),
  raised: Type.Array(Type.Object({ kind, count, perHour: nullable(Type.Number({ minimum: 0 })) }), {
    description: "all conditions, annotated or not",
  }),
  perRecord: Type.Array(
    Type.Object({
      record: Type.String(),
      seconds,
      rows: Type.Array(
        Type.Object({ name: Type.String(), ...figures, missed: Type.Array(span), wrong: Type.Array(span) }),
      ),
    }),
  ),
  leftOut,
});
export type RhythmScoring = Immutable<Static<typeof RhythmScoringSchema>>;
export type EpisodeRowFigures = RhythmScoring["rows"][number];

/** What one look at a hold-out leaves in the model's card: the rest can be measured again. */
export const RhythmOpeningSchema = Type.Object({
  records: Type.Array(Type.String()),
  rhythms: Type.Array(
    Type.Object({
      name: Type.String(),
      episodes: Type.Pick(figures.episodes, ["reference", "found", "raised", "right"]),
      duration: Type.Pick(figures.duration, ["se", "ppv"]),
      bySecond: Type.Pick(figures.bySecond, ["se", "sp"]),
      falsePerHour: figures.falsePerHour,
    }),
  ),
});
export type RhythmOpening = Immutable<Static<typeof RhythmOpeningSchema>>;

/** The same as people read it. */
export const rhythmsInShort = ({ rhythms }: RhythmOpening): string =>
  rhythms
    .map(({ name, episodes: { found, reference }, falsePerHour }) => {
      const wrong = falsePerHour === null ? "" : `, ${falsePerHour.toFixed(2)} false an hour`;
      return `${name.replaceAll("-", " ")} ${found} of ${reference} found${wrong}`;
    })
    .join("; ");
