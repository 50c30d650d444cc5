import { type Static, type TSchema, Type } from "typebox";
import { CONDITION_KINDS, type ConditionKind, PRIORITIES } from "./condition.ts";
import { type Immutable, nullable } from "./schema.ts";
import { leftOut } from "./scoring.ts";

const count = Type.Integer({ minimum: 0 });
const seconds = Type.Number({ minimum: 0 });
const both = <T extends TSchema>(value: T) => Type.Object({ policy: value, against: value });
const labels = { description: "versions of alarm policies, as conditions have them" };

const rate = {
  count: both(count),
  perHour: Type.Object(
    { policy: Type.Number({ minimum: 0 }), against: Type.Number({ minimum: 0 }), difference: Type.Number() },
    { description: "by bed-hour; difference: against less policy" },
  ),
};

const EpisodeComparisonSchema = Type.Object({
  name: Type.String(),
  label: Type.String(),
  records: Type.Array(Type.String(), { description: "whose annotators tell of it" }),
  reference: Type.Integer({ minimum: 0, description: "annotated episodes" }),
  missed: both(count),
  medianDelaySeconds: Type.Object(
    { policy: nullable(seconds), against: nullable(seconds) },
    { description: "from an episode's begin until it was said, of those found" },
  ),
  addedDelaySeconds: nullable(Type.Number(), { description: "median, of the episodes that both find" }),
  changed: Type.Array(
    Type.Object({ record: Type.String(), from: seconds, to: seconds, missedBy: Type.Enum(["policy", "against"]) }),
    { description: "episodes that one of the two misses" },
  ),
});

const RecordComparisonSchema = Type.Object({
  record: Type.String(),
  seconds,
  isAnnotated: Type.Boolean({ description: "whether it is in the episodes' figures" }),
  alarms: both(count),
  differs: Type.Boolean({ description: "some step of some alarm's life does" }),
});

/** What `npm run alarms -- --policy A --against B --json` writes: what one alarm policy changes against another, of the same records. */
export const PolicyComparisonSchema = Type.Object({
  version: Type.Literal(1),
  policies: Type.Object({ policy: Type.String(), against: Type.String() }, labels),
  model: Type.String({ minLength: 1, description: "hash, as beats have it" }),
  hours: Type.Number({ minimum: 0, description: "bed-hours" }),
  holdOuts: Type.Array(Type.String(), { description: "whose annotated records are in the episodes' figures" }),
  byPriority: Type.Array(Type.Object({ priority: Type.Enum([...PRIORITIES]), ...rate })),
  byKind: Type.Array(Type.Object({ kind: Type.Enum(Object.keys(CONDITION_KINDS) as ConditionKind[]), ...rate })),
  episodes: Type.Array(EpisodeComparisonSchema),
  records: Type.Array(RecordComparisonSchema),
  leftOut,
});

export type PolicyComparison = Immutable<Static<typeof PolicyComparisonSchema>>;
export type EpisodeComparison = Immutable<Static<typeof EpisodeComparisonSchema>>;
