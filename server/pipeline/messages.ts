import type { BusMessage, ReceivedMessage } from "../../bus/bus.ts";
import { CANARY_TOPIC, isCanary } from "../../contracts/canary.ts";
import type { JsonDataOf } from "../../contracts/cloud-event.ts";
import { BedsideError } from "../../contracts/errors.ts";
import { encodeFrame, FRAME_LIMITS } from "../../contracts/frame.ts";
import { messageOf } from "../../contracts/message.ts";
import { HEADERS, type TopicEvent, TOPICS } from "../../contracts/topics.ts";
import { checkedTraceparent } from "../../contracts/traceparent.ts";
import type { Refusal } from "./bed/admission.ts";
import type { HeardWork } from "./work.ts";

/**
 * What a work says, as the bus takes it, with the headers that tell source and times; null: the wall clock says it. Of a canary,
 * only what proves something.
 */
export function eventMessages(
  events: readonly TopicEvent[],
  work: HeardWork | null,
  traceparent = work?.provenance?.traceparent,
): BusMessage[] {
  const told = events.filter(({ topic, data }) => topic === CANARY_TOPIC || !isCanary(data.bed));
  if (told.length === 0) return [];
  const headers = headersOf(work, traceparent);
  let alarms = told.filter(({ topic }) => topic === "alarms").length;
  return told.map(({ topic, data }) => {
    // Who takes the bed over must know whether it has read all that a frame had to say.
    const isPart = topic === "alarms" && --alarms > 0;
    const own = isPart ? { ...headers, [HEADERS.moreToCome]: String(alarms) } : headers;
    return messageOf(topic, data as JsonDataOf<typeof topic>, own);
  });
}

const MAX_ERROR_LENGTH = 1000;
const MAX_CAUSE_LENGTH = 200;
/** Of what a producer sent with its message, so much goes with the dead letter. */
const MAX_HEADERS = 16;
const MAX_HEADER_LENGTH = 256;
/** No bed's name is longer. */
const MAX_KEY_LENGTH = FRAME_LIMITS.maxNameLength;

/**
 * The bytes as received, with what was wrong with them. Cut to what every bus takes: a topic may hold larger ones, and
 * an error may quote them, but a worker must not end over its dead letter.
 */
export function deadLetter(received: ReceivedMessage, error: BedsideError): BusMessage {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(received.headers).slice(0, MAX_HEADERS)) {
    if (name.length <= MAX_HEADER_LENGTH) headers[name] = value.slice(0, MAX_HEADER_LENGTH);
  }
  headers[HEADERS.errorCode] = error.code;
  headers[HEADERS.errorMessage] = error.message.slice(0, MAX_ERROR_LENGTH);
  headers[HEADERS.source] = `${received.topic}/${received.partition}/${received.offset}`;
  const value = received.value.subarray(0, FRAME_LIMITS.maxBytes);
  return { topic: TOPICS.deadLetter, key: received.key.slice(0, MAX_KEY_LENGTH), value, headers };
}

/** Of a frame that was held before it was refused: as it was understood, its known fields in their order. */
export const deadFrame = ({ frame, provenance, error }: Refusal): BusMessage =>
  deadLetter(
    {
      topic: TOPICS.frames,
      partition: provenance.partition,
      offset: provenance.offset,
      key: frame.bed,
      value: encodeFrame(frame),
      headers: {},
    },
    error,
  );

/** `cause` itself, or a BAD_MESSAGE around what no one foresaw. */
export function asBedsideError(cause: unknown): BedsideError {
  if (cause instanceof BedsideError) return cause;
  const what = String(cause).slice(0, MAX_CAUSE_LENGTH);
  return new BedsideError("BAD_MESSAGE", `the message could not be processed: ${what}`, { cause });
}

function headersOf(work: HeardWork | null, given: string | undefined): Record<string, string> {
  const headers: Record<string, string> = { [HEADERS.publishedAt]: String(Date.now()) };
  const traceparent = checkedTraceparent(given);
  if (traceparent !== null) headers[HEADERS.traceparent] = traceparent;
  if (work && work.producedAtMs !== null) headers[HEADERS.producedAt] = String(work.producedAtMs);
  if (work?.provenance) {
    const { partition, offset, receivedAtMs } = work.provenance;
    headers[HEADERS.receivedAt] = String(receivedAtMs);
    headers[HEADERS.source] = `${TOPICS.frames}/${partition}/${offset}`;
  }
  return headers;
}
