import type { BusMessage, ReceivedMessage } from "../../bus/bus.ts";
import { encodeEvent } from "../../contracts/codec.ts";
import { BedsideError } from "../../contracts/errors.ts";
import { FRAME_LIMITS } from "../../contracts/frame.ts";
import { HEADERS, type TopicEvent, TOPICS } from "../../contracts/topics.ts";
import type { HeardWork } from "./work.ts";

/** What a work says, as the bus takes it, with the headers that tell source and times; null: the wall clock says it. */
export function eventMessages(events: readonly TopicEvent[], work: HeardWork | null): BusMessage[] {
  if (events.length === 0) return [];
  const headers = headersOf(work);
  return events.map((event) => ({
    topic: TOPICS[event.topic],
    key: event.data.bed,
    value: encodeEvent(event),
    headers,
  }));
}

const MAX_ERROR_LENGTH = 1000;

/**
 * The bytes as received, with what was wrong with them. Cut to what every bus takes: a topic may hold larger ones, and
 * an error may quote them, but a worker must not end over its dead letter.
 */
export function deadLetter(received: ReceivedMessage, error: BedsideError): BusMessage {
  const headers = {
    ...received.headers,
    [HEADERS.errorCode]: error.code,
    [HEADERS.errorMessage]: error.message.slice(0, MAX_ERROR_LENGTH),
    [HEADERS.source]: `${received.topic}/${received.partition}/${received.offset}`,
  };
  const value = received.value.subarray(0, FRAME_LIMITS.maxBytes);
  return { topic: TOPICS.deadLetter, key: received.key, value, headers };
}

/** `cause` itself, or a BAD_MESSAGE around what no one foresaw. */
export function asBedsideError(cause: unknown): BedsideError {
  if (cause instanceof BedsideError) return cause;
  return new BedsideError("BAD_MESSAGE", `the message could not be processed: ${String(cause)}`, { cause });
}

function headersOf(work: HeardWork | null): Record<string, string> {
  const headers: Record<string, string> = { [HEADERS.publishedAt]: String(Date.now()) };
  if (work && work.producedAtMs !== null) headers[HEADERS.producedAt] = String(work.producedAtMs);
  if (work?.provenance) {
    const { partition, offset, receivedAtMs } = work.provenance;
    headers[HEADERS.receivedAt] = String(receivedAtMs);
    headers[HEADERS.source] = `${TOPICS.frames}/${partition}/${offset}`;
  }
  return headers;
}
