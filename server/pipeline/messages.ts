import type { BusMessage, ReceivedMessage } from "../../bus/bus.ts";
import { beatCodec, conditionCodec } from "../../contracts/codec.ts";
import type { Condition } from "../../contracts/condition.ts";
import { BedsideError } from "../../contracts/errors.ts";
import { FRAME_LIMITS } from "../../contracts/frame.ts";
import { HEADERS, TOPICS } from "../../contracts/topics.ts";
import type { Finding } from "./interpret.ts";
import type { Outgoing, Work } from "./work.ts";

/** The bus messages of a work's findings, with the headers that tell source and times. */
export function findingMessages(findings: readonly Finding[], work: Work): Outgoing[] {
  return findings.map((finding) => {
    if ("condition" in finding) return conditionMessage(finding.condition, work);
    const { beat } = finding;
    const message: BusMessage = { key: beat.bed, value: beatCodec.encode(beat), headers: headersOf(work) };
    return { topic: TOPICS.beats, message };
  });
}

export function conditionMessage(condition: Condition, work: Work | null): Outgoing {
  const message = { key: condition.bed, value: conditionCodec.encode(condition), headers: headersOf(work) };
  return { topic: TOPICS.conditions, message };
}

const MAX_ERROR_LENGTH = 1000;

/**
 * The bytes as received, with what was wrong with them. Cut to what every bus takes: a topic may hold larger ones, and
 * an error may quote them, but a worker must not end over its dead letter.
 */
export function deadLetter(received: ReceivedMessage, error: BedsideError): Outgoing {
  const headers = {
    ...received.headers,
    [HEADERS.errorCode]: error.code,
    [HEADERS.errorMessage]: error.message.slice(0, MAX_ERROR_LENGTH),
    [HEADERS.source]: `${received.topic}/${received.partition}/${received.offset}`,
  };
  const value = received.value.subarray(0, FRAME_LIMITS.maxBytes);
  return { topic: TOPICS.deadLetter, message: { key: received.key, value, headers } };
}

/** `cause` itself, or a BAD_MESSAGE around what no one foresaw. */
export function asBedsideError(cause: unknown): BedsideError {
  if (cause instanceof BedsideError) return cause;
  return new BedsideError("BAD_MESSAGE", `the message could not be processed: ${String(cause)}`, { cause });
}

function headersOf(work: Work | null): Record<string, string> {
  const headers: Record<string, string> = { [HEADERS.publishedAt]: String(Date.now()) };
  if (work?.producedAtMs !== null && work?.producedAtMs !== undefined) {
    headers[HEADERS.producedAt] = String(work.producedAtMs);
  }
  if (work?.reference) {
    const { topic, partition, offset, receivedAtMs } = work.reference;
    headers[HEADERS.receivedAt] = String(receivedAtMs);
    headers[HEADERS.source] = `${topic}/${partition}/${offset}`;
  }
  return headers;
}
