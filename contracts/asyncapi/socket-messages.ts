import type { TSchema } from "typebox";
import {
  AskClockSchema,
  BedChangeSchema,
  ClockSchema,
  DrawnSchema,
  eventSchema,
  GapSchema,
  HiddenSchema,
  ProofMessageSchema,
  ShownSchema,
  ShowSchema,
  SnapshotSchema,
  SocketErrorSchema,
  SubscribeSchema,
} from "../socket.ts";
import { EVENTS } from "../topics.ts";
import { TOPIC_WORDS } from "./topic-words.ts";

export interface SocketMessage {
  readonly name: string;
  readonly says: string;
  /** Null where it is bytes. */
  readonly schema: TSchema | null;
}

/** What clients send. */
export const FROM_CLIENTS: readonly SocketMessage[] = [
  {
    name: "Subscribe",
    says: "Which topics of which beds it wants; with `since`, a cursor, what followed that comes first. May be sent again whenever the wish changes",
    schema: SubscribeSchema,
  },
  { name: "Show", says: "Which leads it shows: it gets traces of those in place of frames", schema: ShowSchema },
  { name: "AskClock", says: "What does the gateway's clock read?", schema: AskClockSchema },
  { name: "Drawn", says: "A screen shows a canary's alarm", schema: DrawnSchema },
  { name: "Hidden", says: "Nobody can see this screen", schema: HiddenSchema },
];

const events = Object.entries(EVENTS).map(([topic, { schema }]): SocketMessage => {
  const { says } = TOPIC_WORDS[topic as keyof typeof EVENTS];
  const cursor = "Its cursor stands behind it, at any gateway of the same bus";
  return { name: `${topic}Event`, says: `${says}. ${cursor}`, schema: eventSchema(topic, schema) };
});

/** What gateways send. */
export const FROM_GATEWAYS: readonly SocketMessage[] = [
  { name: "Snapshot", says: "The answer to a subscribe: what holds at this moment", schema: SnapshotSchema },
  ...events,
  {
    name: "Frame",
    says: "Binary: a frame as on the bus (frame.proto), to who has not told what it shows",
    schema: null,
  },
  { name: "Trace", says: "Binary: the leads of a frame that are shown (trace.proto)", schema: null },
  { name: "Shown", says: "What was asked to be shown comes behind it", schema: ShownSchema },
  { name: "BedChange", says: "Whether a bed is monitored has changed", schema: BedChangeSchema },
  {
    name: "Gap",
    says: "Frames that a slow client did not get, or events that are not kept any more",
    schema: GapSchema,
  },
  { name: "ProofMessage", says: "To screens: what is broken between signals and screens", schema: ProofMessageSchema },
  { name: "Clock", says: "What the gateway's clock reads", schema: ClockSchema },
  { name: "SocketError", says: "What the client sent was refused; the socket stays open", schema: SocketErrorSchema },
];
