import { HEADERS, type TOPIC_TABLE } from "../topics.ts";

export interface TopicWords {
  /** What its messages say. */
  readonly says: string;
  /** What their key is. */
  readonly key: "bed" | "gateway";
  /** What Bedside does with them: programs beside it read what it sends, and send what it receives. */
  readonly action: "send" | "receive";
  /** Headers that they have beside those of all. */
  readonly headers?: readonly (keyof typeof HEADERS)[];
}

/** Of each topic, what its row in topics.ts does not tell a newcomer. */
export const TOPIC_WORDS: { readonly [T in keyof typeof TOPIC_TABLE]: TopicWords } = {
  frames: {
    says: "Some consecutive samples of one bed, all leads together, as Protobuf (frame.proto). What a device or simulator sends",
    key: "bed",
    action: "receive",
    headers: ["traceparent", "producedAt", "lostBefore"],
  },
  annotations: {
    says: "What cardiologists wrote beside a recording that is replayed: the truth, for scoring alone",
    key: "bed",
    action: "send",
  },
  beats: {
    says: "A classified beat, 2 s behind its R peak at the latest. May come again with the same id after a worker has died",
    key: "bed",
    action: "send",
  },
  qrs: {
    says: "A detected QRS complex, within 0.3 s of its R peak and not classified yet",
    key: "bed",
    action: "send",
  },
  conditions: {
    says: "A clinical or technical condition of a bed begins, goes on or ends",
    key: "bed",
    action: "send",
  },
  rhythms: { says: "The rhythm that a bed is in, at each change and once a minute", key: "bed", action: "send" },
  commands: {
    says: "What people ask of a bed's alarms: acknowledge, silence, pause, limits. Gateways write it for whoever is allowed to",
    key: "bed",
    action: "receive",
  },
  alarms: {
    says: "A step in an alarm's life: raised, acknowledged, silenced, over",
    key: "bed",
    action: "send",
    headers: ["moreToCome"],
  },
  simulation: {
    says: "What the demonstration plays on a bed, and what is asked of it",
    key: "bed",
    action: "send",
  },
  admissions: { says: "Who lies in a bed. Names of patients stand in it", key: "bed", action: "send" },
  checkpoints: {
    says: "Where a bed's processing stands, for the worker that takes it over: the workers' own, in no format that others may rely on",
    key: "bed",
    action: "send",
  },
  proofs: {
    says: "What a gateway sees of the canaries and of its screens: whether alarms reach them",
    key: "gateway",
    action: "send",
  },
  deadLetter: {
    says: "A message that was refused, as it was received, with the reason in its headers",
    key: "bed",
    action: "send",
    headers: ["traceparent", "errorCode", "errorMessage"],
  },
};

/** All values are strings, and any of them may be missing. */
export const HEADER_WORDS: { readonly [H in keyof typeof HEADERS]: string } = {
  specVersion: "version of CloudEvents, 1.0",
  eventId: "one message's within its source: a message that is told again has it again",
  eventSource: "of what it is told: /beds/NAME or /gateways/NAME",
  eventType: "name of the topic, with its version",
  eventTime: "when it happened, RFC 3339: event time of what is of a signal",
  contentType: "of the value, application/json",
  traceparent: "the trace that it is part of, by W3C's Trace Context",
  producedAt: "when the producer sent the newest frame that this message depends on, Unix ms",
  receivedAt: "when the pipeline received that frame, Unix ms",
  publishedAt: "when the pipeline published this message, Unix ms",
  source: 'place of that frame, "topic/partition/offset"',
  moreToCome: "of the same frame so many alarm events follow; left out where none does",
  lostBefore: "so many messages before this one found no room where they waited for the bus, and are lost",
  errorCode: "why the message was refused, a word",
  errorMessage: "why the message was refused, in a line",
};

/** CloudEvents' attributes: of every JSON topic. */
export const EVENT_HEADERS = [
  "specVersion",
  "eventId",
  "eventSource",
  "eventType",
  "eventTime",
  "contentType",
] as const;

/** Of what the pipeline sends. */
export const COMMON_HEADERS = ["traceparent", "producedAt", "receivedAt", "publishedAt", "source"] as const;
