import { Type, type Static } from "typebox";
import { AlarmEventSchema, BedAlarmsSchema } from "./alarm.ts";
import { BeatSchema } from "./beat.ts";
import { ConditionSchema } from "./condition.ts";
import { BeatRangeSchema } from "./history.ts";
import { fraction, identifier, nullable } from "./schema.ts";
import { BedSchema } from "./socket.ts";

/** Most beats that one request gives. */
const MAX_BEATS = 1000;

export const BedParamsSchema = Type.Object({ bed: identifier });
export type BedParams = Static<typeof BedParamsSchema>;

/** GET /api/beds/:bed/beats?limit=&since=, the last ones, or ?from=&to=, those of history. */
export const BeatsQuerySchema = Type.Object(
  {
    limit: Type.Integer({ minimum: 1, maximum: MAX_BEATS, default: 100 }),
    since: Type.Optional(Type.Number({ description: "beats after this event time, Unix ms" })),
    from: Type.Optional(Type.Number({ description: "with to: all beats of this event time, from history, Unix ms" })),
    to: Type.Optional(Type.Number()),
  },
  { additionalProperties: false },
);
export type BeatsQuery = Static<typeof BeatsQuerySchema>;

/** GET /api/ward: what holds for all screens of the ward. */
export const WardInfoSchema = Type.Object({
  timeZone: Type.String({ description: "in which screens tell times, an IANA name" }),
});
export type WardInfo = Static<typeof WardInfoSchema>;

/** GET /api/beds */
export const BedListSchema = Type.Object({ beds: Type.Array(BedSchema) });

/** GET /api/beds/:bed */
export const BedDetailSchema = Type.Object({
  bed: BedSchema,
  openConditions: Type.Array(ConditionSchema),
  conditions: Type.Array(ConditionSchema, { description: "the last changes of conditions, oldest first" }),
  alarms: Type.Optional(nullable(BedAlarmsSchema)),
  alarmEvents: Type.Optional(Type.Array(AlarmEventSchema, { description: "the last steps of alarms, oldest first" })),
});
export type BedDetail = Static<typeof BedDetailSchema>;

/** GET /api/alarms: of each bed that has any, or whose sound is off */
export const AlarmListSchema = Type.Object({ beds: Type.Array(BedAlarmsSchema) });

/** The last `limit` of the beats after `since`, oldest first. */
export const BeatListSchema = Type.Object({ bed: identifier, beats: Type.Array(BeatSchema) });
export type BeatList = Static<typeof BeatListSchema>;
export const BeatsAnswerSchema = Type.Union([BeatListSchema, BeatRangeSchema]);

/** GET /api/model: what classifies, and what its card says. */
export const ModelSchema = Type.Object({
  name: Type.String(),
  hash: Type.String({ description: "the hash that beats carry as `model`" }),
  engine: Type.String(),
  classes: Type.Array(Type.String(), { description: "in the order of the model's probabilities" }),
  windowLength: Type.Integer({ description: "samples of a window, at 125 Hz" }),
  card: Type.Object(
    {
      parameters: Type.Integer(),
      training: Type.Object({
        date: Type.String(),
        database: Type.String(),
        records: Type.Array(Type.String()),
        beats: Type.Record(Type.String(), Type.Integer()),
      }),
      folds: Type.Object({ remark: Type.String(), pooled: Type.Unknown() }, { description: "figures within DS1" }),
      openings: Type.Array(Type.Object({ date: Type.String(), figures: Type.Record(Type.String(), Type.Unknown()) }), {
        description: "each look at the hold-out",
      }),
      limits: Type.Array(Type.String(), { description: "what the model must not be used for" }),
      soundRejected: Type.Optional(
        nullable(fraction, { description: "share of sound beats of patients it had not seen that its gate rejects" }),
      ),
    },
    { description: "the public part of the model's card" },
  ),
});
export type Model = Static<typeof ModelSchema>;

/** Body of every HTTP error. */
export const ApiErrorSchema = Type.Object({
  error: Type.Object({ code: Type.String(), message: Type.String() }),
});
export type ApiError = Static<typeof ApiErrorSchema>;
