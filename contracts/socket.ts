import { Type, type Static, type TSchema } from "typebox";
import { AdmissionSchema } from "./admission.ts";
import { BedAlarmsSchema } from "./alarm.ts";
import { BeatSchema } from "./beat.ts";
import { ConditionSchema } from "./condition.ts";
import { FRAME_LIMITS } from "./frame-shape.ts";
import { HeartRateSchema } from "./heart-rate.ts";
import { FaultSchema, SOUNDS } from "./proof.ts";
import { RhythmSchema } from "./rhythm.ts";
import { growing, identifier, nullable, sampleIndex } from "./schema.ts";
import { type DataOf, EVENTS, type Events, type EventTable } from "./topics.ts";

/**
 * WebSocket /ws. Frames travel as binary messages, all else as JSON: the Protobuf frame as on the bus, or, to a client that has told which leads it
 * shows, a Trace (trace.proto).
 */
export const SOCKET_PROTOCOL = "bedside.v1";

/** Why nobody watches a bed, whatever its frames look like. */
export const UnmonitoredSchema = Type.Object(
  {
    reason: Type.Unsafe<string>(
      growing(["refused", "no-worker", "no-frames"], {
        description:
          "refused: what is sent for it goes to the dead-letter topic; no-worker: frames come, and no worker says anything of them; " +
          "no-frames: they stopped, and no worker says so. Another word: for a reason that this version does not know",
      }),
    ),
    sinceMs: Type.Number({ description: "Unix ms at the gateway" }),
    message: Type.String({ maxLength: 240, description: "of the last refusal, or the reason in words" }),
    code: nullable(Type.String({ maxLength: 64, description: "of the last refusal" }), { default: null }),
    count: Type.Integer({ minimum: 0, default: 0, description: "messages refused in a row" }),
  },
  { $id: "Unmonitored" },
);
export type Unmonitored = Static<typeof UnmonitoredSchema>;

/** The last state of a bed, as lists and late joiners need it. */
export const BedSchema = Type.Object(
  {
    bed: identifier,
    epoch: identifier,
    source: Type.String({ description: 'where the samples come from, e.g. "mitdb/208"' }),
    samplingRateHz: Type.Number(),
    leads: Type.Array(Type.String()),
    lastFrameMs: nullable(Type.Number({ description: "Unix ms of the last frame's arrival at the gateway" })),
    heartRate: nullable(HeartRateSchema, { default: null }),
    quality: nullable(Type.Number({ description: "of the last beat's reading, as in Beat" })),
    rhythm: nullable(RhythmSchema, { default: null }),
    unmonitored: nullable(UnmonitoredSchema, { default: null }),
  },
  { $id: "Bed" },
);
export type Bed = Static<typeof BedSchema>;

/** Leads that are shown, of each bed that is; none of another. */
const shown = Type.Object({
  asked: Type.Integer({ minimum: 0, description: "a number of the client's own, which the answer has, too" }),
  beds: Type.Record(
    Type.String({ pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$" }),
    Type.Array(Type.String({ minLength: 1, maxLength: FRAME_LIMITS.maxLeadWordLength }), {
      maxItems: FRAME_LIMITS.maxLeads,
    }),
    { maxProperties: 256, additionalProperties: false, description: "names of leads by bed" },
  ),
});

/** Client → gateway. `since`: a cursor of an event received before; what followed it is sent again. */
export const subscribeSchema = (events: readonly string[]) =>
  Type.Object(
    {
      type: Type.Literal("subscribe"),
      topics: Type.Array(Type.Enum(["frames", ...events]), { minItems: 1, maxItems: 1 + events.length }),
      beds: Type.Union([Type.Literal("*"), Type.Array(identifier, { maxItems: 256 })]),
      since: Type.Optional(Type.String({ maxLength: 8192 })),
      shown: Type.Optional(shown),
      screen: Type.Optional(
        Type.String({
          ...identifier,
          maxLength: 16,
          description:
            "name of a page that people watch: it gets the alarms of canaries, and is missed when it does not confirm them",
        }),
      ),
    },
    { $id: "Subscribe" },
  );
export const SubscribeSchema = subscribeSchema(Object.keys(EVENTS));
export type Subscribe = Static<typeof SubscribeSchema>;

/** Client → gateway, from one that has subscribed: it shows these leads from here on, whatever it showed before. */
export const ShowSchema = Type.Object({ type: Type.Literal("show"), ...shown.properties }, { $id: "Show" });
export type Show = Static<typeof ShowSchema>;
export type Shown = Omit<Show, "type">;

/** Its answer, and that to `shown` of a subscribe: what the client has asked for comes behind it, the last seconds of leads that it did not show before first. */
export const ShownSchema = Type.Object({ type: Type.Literal("shown"), asked: Type.Integer() }, { $id: "Shown" });

/** Client → gateway, from a screen: a canary's alarm stands on it, and what it read back from there is right. */
export const DrawnSchema = Type.Object(
  { type: Type.Literal("drawn"), bed: identifier, sample: sampleIndex, sound: Type.Enum([...SOUNDS]) },
  { $id: "Drawn" },
);
export type Drawn = Static<typeof DrawnSchema>;

/** Client → gateway, from a screen: nobody can see it. It confirms nothing until it is seen again. */
export const HiddenSchema = Type.Object({ type: Type.Literal("hidden") }, { $id: "Hidden" });

/** Client → gateway: what does its clock read? */
export const AskClockSchema = Type.Object(
  {
    type: Type.Literal("clock"),
    askedMs: Type.Number({ description: "of any clock of the client's; comes back as it is" }),
  },
  { $id: "AskClock" },
);

/** Its answer. The client knows how long it took, so how well it knows the gateway's clock. */
export const ClockSchema = Type.Object(
  { type: Type.Literal("clock"), askedMs: Type.Number(), serverTimeMs: Type.Number({ description: "Unix ms" }) },
  { $id: "Clock" },
);
export type Clock = Static<typeof ClockSchema>;

/** First answer to a subscribe: what holds at this moment. */
export const SnapshotSchema = Type.Object(
  {
    type: Type.Literal("snapshot"),
    serverTimeMs: Type.Number(),
    cursor: Type.String(),
    beds: Type.Array(BedSchema),
    conditions: Type.Array(ConditionSchema, { description: "open conditions" }),
    alarms: Type.Array(BedAlarmsSchema, {
      default: [],
      description: "of each bed that has any, or whose sound is off",
    }),
    admissions: Type.Array(AdmissionSchema, {
      default: [],
      description: "who lies in which bed, to those who have asked for the topic admissions",
    }),
    beats: Type.Array(BeatSchema, { description: "the last beats of each bed, oldest first" }),
  },
  { $id: "Snapshot" },
);
export type Snapshot = Static<typeof SnapshotSchema>;

/** Whether a bed is monitored has changed. One of which nothing is known any more has no last frame, and nothing that is unmonitored. */
export const BedChangeSchema = Type.Object({ type: Type.Literal("bed"), bed: BedSchema }, { $id: "BedChange" });
export type BedChange = Static<typeof BedChangeSchema>;

const meta = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]), {
  description: "source offset and per-hop times (Unix ms): producedAtMs, receivedAtMs, publishedAtMs, gatewayAtMs",
});

/** An event of a topic, as the socket gives it. */
export const eventSchema = (topic: string, data: TSchema) =>
  Type.Object({ topic: Type.Literal(topic), bed: identifier, cursor: Type.String(), data, meta });

export interface Envelope<T, D> {
  readonly topic: T;
  readonly bed: string;
  readonly cursor: string;
  readonly data: D;
  readonly meta: Static<typeof meta>;
}

/** An event of a table as clients get it. */
export type SocketEventIn<E extends EventTable> = { [T in keyof E]: Envelope<T, DataOf<E, T>> }[keyof E];
export type SocketEvent = SocketEventIn<Events>;

/** Frames that a slow client did not get, or events older than what is kept. */
export const GapSchema = Type.Object(
  {
    type: Type.Literal("gap"),
    topic: Type.String({ description: "one that was subscribed to" }),
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

/** To screens: what is broken between signals and screens, at each change, and how many screens are watching. */
export const ProofMessageSchema = Type.Object(
  {
    type: Type.Literal("proof"),
    screens: Type.Integer({ minimum: 0 }),
    faults: Type.Array(FaultSchema),
  },
  { $id: "ProofMessage" },
);
export type ProofMessage = Static<typeof ProofMessageSchema>;

export type ServerMessage =
  | Static<typeof ShownSchema>
  | Snapshot
  | SocketEvent
  | BedChange
  | Gap
  | ProofMessage
  | Clock
  | SocketError;
