import { Type, type Static } from "typebox";
import { BeatSchema } from "./beat.ts";
import { ConditionSchema } from "./condition.ts";
import { identifier, nullable } from "./schema.ts";

/** WebSocket /ws. Frames travel as binary messages (the Protobuf frame as on the bus), all else as JSON. */
export const SOCKET_PROTOCOL = "bedside.v1";

export const SOCKET_TOPICS = ["frames", "beats", "conditions"] as const;
export type SocketTopic = (typeof SOCKET_TOPICS)[number];

/** The last state of a bed, as lists and late joiners need it. */
export const BedSchema = Type.Object(
  {
    bed: identifier,
    epoch: identifier,
    source: Type.String({ description: 'where the samples come from, e.g. "mitdb/208"' }),
    samplingRateHz: Type.Number(),
    leads: Type.Array(Type.String()),
    lastFrameMs: nullable(Type.Number({ description: "Unix ms of the last frame's arrival at the gateway" })),
    heartRateBpm: nullable(Type.Number()),
    quality: nullable(Type.Number()),
  },
  { $id: "Bed" },
);
export type Bed = Static<typeof BedSchema>;

/** Client → gateway. `since`: a cursor of an event received before; what followed it is sent again. */
export const SubscribeSchema = Type.Object(
  {
    type: Type.Literal("subscribe"),
    topics: Type.Array(Type.Enum([...SOCKET_TOPICS]), { minItems: 1, maxItems: SOCKET_TOPICS.length }),
    beds: Type.Union([Type.Literal("*"), Type.Array(identifier, { maxItems: 256 })]),
    since: Type.Optional(Type.String({ maxLength: 8192 })),
  },
  { $id: "Subscribe", additionalProperties: false },
);
export type Subscribe = Static<typeof SubscribeSchema>;

/** First answer to a subscribe: what holds at this moment. */
export const SnapshotSchema = Type.Object(
  {
    type: Type.Literal("snapshot"),
    serverTimeMs: Type.Number(),
    cursor: Type.String(),
    beds: Type.Array(BedSchema),
    conditions: Type.Array(ConditionSchema, { description: "open conditions" }),
    beats: Type.Array(BeatSchema, { description: "the last beats of each bed, oldest first" }),
  },
  { $id: "Snapshot" },
);
export type Snapshot = Static<typeof SnapshotSchema>;

const meta = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]), {
  description: "source offset and per-hop times (Unix ms): producedAtMs, receivedAtMs, publishedAtMs, gatewayAtMs",
});

export const EventSchema = Type.Union(
  [
    Type.Object({ topic: Type.Literal("beats"), bed: identifier, cursor: Type.String(), data: BeatSchema, meta }),
    Type.Object({
      topic: Type.Literal("conditions"),
      bed: identifier,
      cursor: Type.String(),
      data: ConditionSchema,
      meta,
    }),
  ],
  { $id: "Event" },
);
export type SocketEvent = Static<typeof EventSchema>;

/** Frames that a slow client did not get, or events older than what is kept. */
export const GapSchema = Type.Object(
  {
    type: Type.Literal("gap"),
    topic: Type.Enum([...SOCKET_TOPICS]),
    bed: nullable(identifier),
    count: Type.Integer({ minimum: 0, description: "messages left out; 0 where unknown" }),
    reason: Type.Enum(["slow-client", "not-kept"]),
  },
  { $id: "Gap" },
);
export type Gap = Static<typeof GapSchema>;

/** What the client sent was refused; the socket stays open. */
export const SocketErrorSchema = Type.Object(
  { type: Type.Literal("error"), code: Type.String(), message: Type.String() },
  { $id: "SocketError" },
);
export type SocketError = Static<typeof SocketErrorSchema>;

export type ServerMessage = Snapshot | SocketEvent | Gap | SocketError;
