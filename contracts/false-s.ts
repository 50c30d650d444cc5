import { type Static, Type } from "typebox";
import { fraction, type Immutable, nullable } from "./schema.ts";
import { IntervalSchema, leftOut } from "./scoring.ts";

const count = Type.Integer({ minimum: 0 });
const rate = nullable(Type.Number({ minimum: 0 }));

/** How it is known that a beat called S is none. */
export const S_TRUTHS = {
  beats: "the annotators' beats",
  fibrillation: "the rhythm: in fibrillation no beat is S",
  sinus: "the rhythm: in sinus rhythm few beats are S, so nearly all that are called so are false",
  unknown: "it is not: other rhythms have S of their own",
} as const;
export type STruth = keyof typeof S_TRUTHS;

/** Of beats called S; false: null where it is not known which are. */
const called = { calledS: count, falseS: nullable(count) };

const RowSchema = Type.Object({
  record: Type.String(),
  hours: Type.Number({ minimum: 0, description: "of the rhythm that is looked at" }),
  beats: Type.Integer({ minimum: 0, description: "that were found there, rejected ones too" }),
  ...called,
  ungated: Type.Object(called, { description: "the model's most probable class, nothing rejected" }),
});

const GroupSchema = Type.Object({
  name: Type.String(),
  database: Type.String({ description: "PhysioNet's folder, as in mitdb" }),
  truth: Type.Enum(Object.keys(S_TRUTHS) as STruth[], { description: "by which a beat called S is none" }),
  records: count,
  hours: Type.Number({ minimum: 0 }),
  beats: count,
  ...called,
  calledPerHour: rate,
  falsePerHour: rate,
  interval: Type.Object(
    { calledPerHour: IntervalSchema, falsePerHour: IntervalSchema },
    { description: "95 %, records drawn with replacement" },
  ),
  shareWithS: nullable(Type.Number({ minimum: 0, maximum: 1, description: "of the records" })),
  ungated: Type.Object({ ...called, calledPerHour: rate, falsePerHour: rate }),
  perRecord: Type.Array(RowSchema),
});

/** What `npm run false-s -- --json` writes: beats called S where there is none, as a user sees them, gate and all. */
export const FalseSSchema = Type.Object({
  version: Type.Literal(1),
  command: Type.String(),
  date: Type.String({ format: "date-time" }),
  split: Type.Enum(["development", "report"]),
  model: Type.Object({ name: Type.String(), hash: Type.String({ minLength: 1 }) }),
  trainedOn: Type.Array(Type.String(), { description: "of the records: their figures say nothing of other patients" }),
  level: fraction,
  groups: Type.Array(GroupSchema),
  leftOut,
});

/** What a look at a hold-out leaves in the model's card. */
export const FalseSOpeningSchema = Type.Object({
  falseS: Type.Array(
    Type.Object({
      name: Type.String(),
      records: count,
      hours: Type.Number({ minimum: 0 }),
      ...called,
      calledPerHour: rate,
      falsePerHour: rate,
    }),
  ),
});
export type FalseSOpening = Immutable<Static<typeof FalseSOpeningSchema>>;

/** The same as people read it. */
export const falseSInShort = ({ falseS }: FalseSOpening): string =>
  falseS
    .map(({ name, calledPerHour, falsePerHour }) => {
      if (calledPerHour === null) return `${name}: none there`;
      const isKnown = falsePerHour !== null;
      return `${name}: ${(isKnown ? falsePerHour : calledPerHour).toFixed(1)} ${isKnown ? "false S" : "S"} an hour`;
    })
    .join("; ");

export type FalseSRow = Immutable<Static<typeof RowSchema>>;
export type FalseSGroup = Immutable<Static<typeof GroupSchema>>;
export type FalseS = Immutable<Static<typeof FalseSSchema>>;
