import type { Static, TSchema } from "typebox";
import { AdmissionSchema } from "./admission.ts";
import { AlarmEventSchema } from "./alarm.ts";
import { AnnotationSchema } from "./annotation.ts";
import { BeatSchema } from "./beat.ts";
import { CommandSchema } from "./command.ts";
import { ConditionSchema } from "./condition.ts";
import { QrsSchema } from "./qrs.ts";
import { RhythmSchema } from "./rhythm.ts";
import { ProofSchema } from "./proof.ts";
import { SimulationSchema } from "./simulation.ts";

/** A topic's name on the bus. The number changes when an older reader could not read the messages any more. */
export type TopicName = `ecg.${string}.v${number}`;

/** What becomes of a topic's old messages: they go by age, or the last of each key stays (a tombstone removes it). */
export type Cleanup =
  | { readonly policy: "delete"; readonly retentionMs: number }
  | { readonly policy: "compact"; readonly retentionMs?: never };

/** What a bus must know of a topic. All are keyed by bed (proofs by gateway) and have equal partition counts (co-partitioned). */
export interface BusTopic {
  readonly name: TopicName;
  readonly cleanup: Cleanup;
  /** How the broker keeps messages: as the producer sent them, whatever its codec, or packed once more, which costs it time. */
  readonly compression: "producer" | "gzip";
}

/** One row of the table. */
export interface TopicEntry extends BusTopic {
  /** What one of its messages is called in an error. */
  readonly noun: string;
  /** Of its JSON messages; null where they are none: frames (frame.proto), dead letters (as received), checkpoints (the workers' own). */
  readonly schema: TSchema | null;
  /** Where a gateway begins to read; a number n: the last n messages of each partition. Null: it does not read it. */
  readonly gatewayFrom: "earliest" | "latest" | number | null;
  /** What a gateway keeps for clients that come back, at the most. Null: nothing. */
  readonly kept: Kept | null;
}

export interface Kept {
  readonly events: number;
  /** Of the events' JSON. */
  readonly bytes: number;
}

/** A row whose JSON messages gateways pass on as events and keep: clients may subscribe to it and resume it. */
export interface EventEntry extends TopicEntry {
  readonly schema: TSchema;
  readonly gatewayFrom: "earliest" | "latest" | number;
  readonly kept: Kept;
}

export type TopicTable = Readonly<Record<string, TopicEntry>>;
export type EventTable = Readonly<Record<string, EventEntry>>;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Every topic that has a writer, one row each. Bus, gateway, cursor, socket and client go by this table; what an event
 * does to the ward stands in a reducer (server/ward/reducers.ts, client/ward/reducers.ts), which the compiler demands.
 */
export const TOPIC_TABLE = {
  frames: {
    name: "ecg.frames.v1",
    noun: "frame",
    schema: null,
    cleanup: { policy: "delete", retentionMs: DAY_MS },
    compression: "producer",
    gatewayFrom: "latest",
    kept: null,
  },
  annotations: {
    name: "ecg.annotations.v1",
    noun: "annotation",
    schema: AnnotationSchema,
    cleanup: { policy: "delete", retentionMs: DAY_MS },
    compression: "gzip",
    gatewayFrom: null,
    kept: null,
  },
  beats: {
    name: "ecg.beats.v1",
    noun: "beat",
    schema: BeatSchema,
    cleanup: { policy: "delete", retentionMs: 7 * DAY_MS },
    compression: "producer",
    // So many that lists are not empty.
    gatewayFrom: 500,
    kept: { events: 10_000, bytes: 7 << 20 },
  },
  qrs: {
    name: "ecg.qrs.v1",
    noun: "QRS",
    schema: QrsSchema,
    // Their beats tell more, and are kept.
    cleanup: { policy: "delete", retentionMs: HOUR_MS },
    compression: "producer",
    gatewayFrom: "latest",
    kept: { events: 1000, bytes: 1 << 19 },
  },
  conditions: {
    name: "ecg.conditions.v1",
    noun: "condition",
    schema: ConditionSchema,
    cleanup: { policy: "delete", retentionMs: 7 * DAY_MS },
    compression: "producer",
    // What is open may have begun long ago.
    gatewayFrom: "earliest",
    kept: { events: 2000, bytes: 3 << 20 },
  },
  rhythms: {
    name: "ecg.rhythms.v1",
    noun: "rhythm",
    schema: RhythmSchema,
    cleanup: { policy: "delete", retentionMs: 7 * DAY_MS },
    compression: "producer",
    // Each bed's is told once a minute.
    gatewayFrom: 500,
    kept: { events: 2000, bytes: 1 << 20 },
  },
  commands: {
    name: "ecg.commands.v1",
    noun: "command",
    schema: CommandSchema,
    cleanup: { policy: "delete", retentionMs: 7 * DAY_MS },
    compression: "producer",
    gatewayFrom: null,
    kept: null,
  },
  alarms: {
    name: "ecg.alarms.v1",
    noun: "alarm",
    schema: AlarmEventSchema,
    cleanup: { policy: "delete", retentionMs: 7 * DAY_MS },
    compression: "producer",
    // What is latched may have begun long ago.
    gatewayFrom: "earliest",
    kept: { events: 2000, bytes: 3 << 20 },
  },
  simulation: {
    name: "ecg.simulation.v1",
    noun: "simulation",
    schema: SimulationSchema,
    // What a bed plays, for gateways that begin later.
    cleanup: { policy: "compact" },
    compression: "producer",
    gatewayFrom: "earliest",
    kept: { events: 500, bytes: 1 << 20 },
  },
  admissions: {
    name: "ecg.admissions.v1",
    noun: "admission",
    schema: AdmissionSchema,
    // Who lies in a bed, however long ago they came.
    cleanup: { policy: "compact" },
    compression: "producer",
    gatewayFrom: "earliest",
    kept: { events: 1000, bytes: 1 << 20 },
  },
  checkpoints: {
    name: "ecg.checkpoints.v1",
    noun: "checkpoint",
    schema: null,
    // Where a bed stands: what a worker goes on with that takes it over.
    cleanup: { policy: "compact" },
    compression: "producer",
    gatewayFrom: null,
    kept: null,
  },
  proofs: {
    name: "ecg.proofs.v1",
    noun: "proof",
    schema: ProofSchema,
    cleanup: { policy: "delete", retentionMs: HOUR_MS },
    compression: "producer",
    // How gateways and their screens are at this moment.
    gatewayFrom: "latest",
    kept: null,
  },
  deadLetter: {
    name: "ecg.deadletter.v1",
    noun: "dead letter",
    schema: null,
    cleanup: { policy: "delete", retentionMs: 30 * DAY_MS },
    compression: "gzip",
    // Whose frames are refused at this moment.
    gatewayFrom: "latest",
    kept: null,
  },
} as const satisfies TopicTable;

/** The names of a table's topics on the bus. */
export type NamesOf<T extends TopicTable> = { readonly [K in keyof T]: T[K]["name"] };

/** The topics of a table that are events. */
export type EventTopicOf<T extends TopicTable> = {
  [K in keyof T]: T[K] extends EventEntry ? K : never;
}[keyof T];

/** The rows of a table that are events. */
export type EventsOf<T extends TopicTable> = { readonly [K in EventTopicOf<T>]: Extract<T[K], EventEntry> };

/** What a message of an event topic says. */
export type DataOf<E extends EventTable, K extends keyof E> = Static<E[K]["schema"]>;

/** Every event is of a bed. */
export type OfBeds<E extends EventTable> = {
  readonly [K in keyof E]: DataOf<E, K> extends { readonly bed: string } ? EventEntry : never;
};

/** An event of a table: its topic, and data of the topic's type. */
export type EventIn<E extends EventTable> = {
  [K in keyof E]: { readonly topic: K; readonly data: DataOf<E, K> };
}[keyof E];

export function eventsOf<const T extends TopicTable>(table: T): EventsOf<T> {
  const isEvent = ([, { schema, gatewayFrom, kept }]: [string, TopicEntry]): boolean =>
    schema !== null && gatewayFrom !== null && kept !== null;
  return Object.fromEntries(Object.entries(table).filter(isEvent)) as EventsOf<T>;
}

function namesOf<const T extends TopicTable>(table: T): NamesOf<T> {
  return Object.fromEntries(Object.entries(table).map(([topic, { name }]) => [topic, name])) as NamesOf<T>;
}

/** Names on the bus. */
export const TOPICS = namesOf(TOPIC_TABLE);

/** The events of the product. */
export const EVENTS = eventsOf(TOPIC_TABLE);
export type Events = typeof EVENTS;
/** An event of the product, e.g. { topic: "beats", data: Beat }. */
export type TopicEvent = EventIn<Events>;

export const BUS_TOPICS: readonly BusTopic[] = Object.values(TOPIC_TABLE);

/** Default partition count of every topic. */
export const DEFAULT_PARTITIONS = 8;

/** Message headers, all values are strings. Times are Unix ms, as decimal text, but for CloudEvents'. */
export const HEADERS = {
  /** JSON topics: CloudEvents' attributes (cloud-event.ts). */
  specVersion: "ce_specversion",
  eventId: "ce_id",
  eventSource: "ce_source",
  eventType: "ce_type",
  eventTime: "ce_time",
  contentType: "content-type",
  /** Of a frame, and of what comes of it: the trace that it is part of, as W3C's Trace Context has it. */
  traceparent: "traceparent",
  /** When the producer sent the newest frame that this message depends on. */
  producedAt: "produced-at-ms",
  /** When the pipeline received that frame. */
  receivedAt: "received-at-ms",
  /** When the pipeline published this message. */
  publishedAt: "published-at-ms",
  /** "topic/partition/offset" of that frame. */
  source: "source",
  /** Of the same frame so many alarm events follow; left out where none does. */
  moreToCome: "more-to-come",
  /** So many messages before this one found no room where they waited for the bus, and are lost. */
  lostBefore: "lost-before",
  /** Dead letter: an ErrorCode, and its message. */
  errorCode: "error-code",
  errorMessage: "error-message",
} as const;
