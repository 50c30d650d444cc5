import type { Static, TSchema } from "typebox";
import { HEADERS, type TOPIC_TABLE, TOPICS } from "./topics.ts";

type Table = typeof TOPIC_TABLE;

/** The topics whose messages are JSON. */
export type JsonTopic = { [T in keyof Table]: Table[T]["schema"] extends TSchema ? T : never }[keyof Table];

/** What a message of a JSON topic says. */
export type JsonDataOf<T extends JsonTopic> = Static<Extract<Table[T]["schema"], TSchema>>;

interface Event<D> {
  /** What makes two messages of the topic the same one, e.g. if a worker that takes over tells it again. */
  readonly identity: (data: D) => string;
  /** When it happened: event time where it is of a signal. Unix ms. */
  readonly timeMs: (data: D) => number;
}

const atItsTime = ({ timeMs }: { readonly timeMs: number }): number => timeMs;
const whenGiven = ({ atMs }: { readonly atMs: number }): number => atMs;

const EVENT_OF: { readonly [T in JsonTopic]: Event<JsonDataOf<T>> } = {
  annotations: {
    identity: ({ bed, epoch, sample, symbol, aux }) => `${bed}/${epoch}/${sample}/${symbol}${aux && `/${aux}`}`,
    timeMs: atItsTime,
  },
  beats: { identity: ({ id }) => id, timeMs: atItsTime },
  qrs: { identity: ({ id }) => id, timeMs: atItsTime },
  conditions: { identity: ({ id, phase, sample }) => `${id}/${phase}/${sample}`, timeMs: atItsTime },
  rhythms: { identity: ({ bed, epoch, sample }) => `${bed}/${epoch}/${sample}`, timeMs: atItsTime },
  commands: { identity: ({ bed, id }) => `${bed}/${id}`, timeMs: whenGiven },
  alarms: {
    identity: ({ bed, sequence, step, clockMs, alarm }) => `${bed}/${sequence}/${step}/${clockMs}/${alarm?.id ?? ""}`,
    timeMs: atItsTime,
  },
  simulation: { identity: ({ bed, id, phase }) => `${bed}/${id}/${phase}`, timeMs: whenGiven },
  admissions: { identity: ({ bed, version, command }) => `${bed}/${version}/${command}`, timeMs: whenGiven },
  // What a gateway sees at this moment: no two are the same, and none is told again.
  proofs: { identity: ({ gateway }) => `${gateway}/${crypto.randomUUID()}`, timeMs: () => Date.now() },
};

/** What makes two messages of a topic the same one. */
export const identityOf = <T extends JsonTopic>(topic: T, data: JsonDataOf<T>): string =>
  EVENT_OF[topic].identity(data);

/** Of whom a message speaks, which is its key on the bus, too. */
export const subjectOf = (data: { readonly bed: string } | { readonly gateway: string }): string =>
  "bed" in data ? data.bed : data.gateway;

/**
 * A message's attributes by CloudEvents 1.0, as its Kafka binding has them in binary content mode. Of nothing but what the message says, so
 * that it has the same ones whoever tells it again: source and id are one message's.
 */
export function cloudEvent<T extends JsonTopic>(topic: T, data: JsonDataOf<T>): Record<string, string> {
  const room = "bed" in data ? "beds" : "gateways";
  return {
    [HEADERS.specVersion]: "1.0",
    // Beats and QRS complexes of one bed have their ids from the same samples.
    [HEADERS.eventId]: `${topic}/${identityOf(topic, data)}`,
    [HEADERS.eventSource]: `/${room}/${subjectOf(data)}`,
    [HEADERS.eventType]: TOPICS[topic],
    [HEADERS.eventTime]: new Date(EVENT_OF[topic].timeMs(data)).toISOString(),
    [HEADERS.contentType]: "application/json",
  };
}
