import { Type, type Static } from "typebox";
import { AlarmSchema } from "./alarm.ts";
import { BEAT_CLASSES, BeatClassSchema, BeatSchema } from "./beat.ts";
import { ConditionSchema } from "./condition.ts";
import { RhythmSchema } from "./rhythm.ts";
import { identifier, nullable, unixMs } from "./schema.ts";

const HOUR_MS = 3_600_000;

/** What one request may ask of history. */
export const HISTORY_LIMITS = {
  /** Signal, beats and conditions, ms. */
  rangeMs: 24 * HOUR_MS,
  /** Of signal that goes out in one answer, ms. */
  signalMs: 6 * HOUR_MS,
  /** Rows of beats, of conditions, of rhythms: what is beyond is told to be missing. */
  rows: 20_000,
  trendMs: 31 * 24 * HOUR_MS,
  /** Points of a trend. */
  points: 5000,
  /** A trend's shortest step, ms: what is kept of it. */
  stepMs: 10_000,
  episodes: 500,
  /** Of one alarm, the last ones. */
  raises: 64,
} as const;

const time = (description: string) => Type.Number({ minimum: 0, maximum: 1e13, description });
const from = time("event time, Unix ms");
const to = time("event time, Unix ms, greater than from");
const words = (description: string) => Type.Optional(Type.String({ maxLength: 1024, description }));

/** GET /api/beds/:bed/signal, /conditions: a range of a bed's event time. */
export const RangeQuerySchema = Type.Object({ from, to }, { additionalProperties: false });
export type RangeQuery = Static<typeof RangeQuerySchema>;

/** GET /api/beds/:bed/trend */
export const TrendQuerySchema = Type.Object(
  {
    from,
    to,
    step: Type.Number({ minimum: HISTORY_LIMITS.stepMs, maximum: HISTORY_LIMITS.trendMs, description: "ms" }),
  },
  { additionalProperties: false },
);
export type TrendQuery = Static<typeof TrendQuerySchema>;

/** GET /api/events */
export const EpisodesQuerySchema = Type.Object(
  {
    id: words("of one alarm, which then is the only one"),
    kinds: words("comma-separated kinds of conditions; none: all"),
    beds: words("comma-separated; none: all"),
    from: Type.Optional(from),
    to: Type.Optional(to),
    before: words("id of the episode behind which the list goes on"),
    limit: Type.Integer({ minimum: 1, maximum: HISTORY_LIMITS.episodes, default: 100 }),
  },
  { additionalProperties: false },
);
export type EpisodesQuery = Static<typeof EpisodesQuerySchema>;

/** What somebody has said of something, in review. */
const by = Type.String({ maxLength: 64 });
const ReviewedSchema = Type.Object({ by, atMs: unixMs, reason: nullable(Type.String({ maxLength: 200 })) });

const NoteSchema = Type.Object({ by, atMs: unixMs, text: Type.String({ maxLength: 200 }) });

/** An alarm from the first to the last that was told of it, and what became of it. */
export const EpisodeSchema = Type.Object({
  alarm: AlarmSchema,
  raisedTimeMs: Type.Unsafe<number>({
    ...unixMs,
    description: "the bed's event time when it was last raised, or rose",
  }),
  raises: Type.Array(Type.Object({ timeMs: unixMs, epoch: identifier }), {
    maxItems: HISTORY_LIMITS.raises,
    description: "each time it was raised, or rose, as far as that is kept, oldest first: event time, recording",
  }),
  changedTimeMs: Type.Unsafe<number>({ ...unixMs, description: "the bed's event time at its last step" }),
  acknowledged: nullable(Type.Object({ by, reason: nullable(Type.String({ maxLength: 200 })), timeMs: unixMs })),
  dismissed: nullable(ReviewedSchema, { description: "as false, in review; null: it was not, or no longer is" }),
  notes: Type.Array(NoteSchema, { maxItems: 64 }),
});
export type Episode = Static<typeof EpisodeSchema>;

/** The last first. */
export const EpisodeListSchema = Type.Object({
  episodes: Type.Array(EpisodeSchema),
  more: Type.Boolean({ description: "there are further ones before" }),
});
export type EpisodeList = Static<typeof EpisodeListSchema>;

/** Another class that somebody has given a beat. */
const RelabelSchema = Type.Object({ beat: Type.String(), beatClass: BeatClassSchema, by, atMs: unixMs });
export type Relabel = Static<typeof RelabelSchema>;

/** GET /api/beds/:bed/beats?from&to: oldest first. */
export const BeatRangeSchema = Type.Object({
  bed: identifier,
  beats: Type.Array(BeatSchema),
  relabelled: Type.Array(RelabelSchema),
  missing: Type.Boolean({ description: "there are more than one answer may have" }),
});
export type BeatRange = Static<typeof BeatRangeSchema>;

/** A condition from its begin to its end; null: it goes on, or nobody heard it end. */
const ConditionSpanSchema = Type.Object({
  condition: ConditionSchema,
  endTimeMs: nullable(unixMs),
});

/** GET /api/beds/:bed/conditions?from&to: what was open in the range, and the rhythms told in it and the last one before. */
export const ConditionRangeSchema = Type.Object({
  bed: identifier,
  conditions: Type.Array(ConditionSpanSchema),
  rhythms: Type.Array(RhythmSchema),
  missing: Type.Boolean(),
});
export type ConditionRange = Static<typeof ConditionRangeSchema>;

const count = Type.Integer({ minimum: 0 });

/** What a step of a trend has. Without signal there is no point: a gap is a gap. */
export const TrendPointSchema = Type.Object({
  timeMs: Type.Unsafe<number>({ ...unixMs, description: "where the step begins" }),
  signalMs: Type.Number({ minimum: 0, description: "of the step, of which there is signal" }),
  heartRateBpm: nullable(Type.Number({ description: "mean, of RR intervals of beats that were not rejected" })),
  minBpm: nullable(Type.Number({ description: "of the longest RR interval" })),
  maxBpm: nullable(Type.Number({ description: "of the shortest RR interval" })),
  beats: Type.Object(
    Object.fromEntries(BEAT_CLASSES.map((name) => [name, count])) as Record<
      (typeof BEAT_CLASSES)[number],
      typeof count
    >,
  ),
  quality: nullable(Type.Number({ minimum: 0, maximum: 1, description: "mean of the beats' readings" })),
  alarms: Type.Object({ high: count, medium: count, low: count }, { description: "that were first raised in it" }),
  conditionMs: Type.Record(Type.String(), Type.Number({ minimum: 0 }), {
    description: "by kind: how long of the step it was open",
  }),
});
export type TrendPoint = Static<typeof TrendPointSchema>;

/** GET /api/beds/:bed/trend: oldest first. Steps count from 1970. */
export const TrendSchema = Type.Object({
  bed: identifier,
  stepMs: Type.Number(),
  points: Type.Array(TrendPointSchema),
});
export type Trend = Static<typeof TrendSchema>;

/** GET /api/history: whether what happens is kept, and since when. */
export const HistoryStateSchema = Type.Object({
  state: Type.Enum(["off", "on", "failed"], { description: "failed: nothing is kept at this moment, and why" }),
  trouble: nullable(Type.String()),
  reachesBackToMs: Type.Object({
    signal: nullable(unixMs, { description: "event time of the oldest signal of any bed" }),
    beats: nullable(unixMs, { description: "event time of the oldest beat of any bed" }),
    alarms: nullable(unixMs, { description: "event time of the oldest alarm of any bed" }),
  }),
  isReadingBack: Type.Boolean({ description: "what the topics keep is still being read into it" }),
  lost: Type.Integer({ minimum: 0, description: "messages that were left out since the gateway's start" }),
  bytes: Type.Number({ minimum: 0 }),
  maxBytes: Type.Number({ minimum: 0 }),
  maxAgeMs: Type.Number({ minimum: 0 }),
});
export type HistoryState = Static<typeof HistoryStateSchema>;
