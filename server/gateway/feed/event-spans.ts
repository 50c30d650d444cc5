import type { ReceivedMessage } from "../../../bus/bus.ts";
import { HEADERS } from "../../../contracts/topics.ts";
import { readTraceparent, writeTraceparent } from "../../../contracts/traceparent.ts";
import type { Span, Tracing } from "../../../kit/tracing.ts";

export interface EventSpans {
  /** From the event's arrival until every client's socket has it. */
  readonly event: Span;
  /** It is handed to the sockets of so many clients. */
  beginSending(clients: number): Span;
}

/** The spans of an event of a trace that is recorded; null of any other. */
export function eventSpans(tracing: Tracing, message: ReceivedMessage): EventSpans | null {
  const { topic, key, partition, offset, headers } = message;
  const parent = readTraceparent(headers[HEADERS.traceparent]);
  if (!parent?.isSampled) return null;
  const event = tracing.begin(`process ${topic}`, {
    kind: "consumer",
    parent: writeTraceparent(parent),
    attributes: {
      "messaging.destination.name": topic,
      "messaging.destination.partition.id": String(partition),
      "messaging.operation.type": "process",
      "bedside.offset": offset,
      "bedside.bed": key,
    },
  });
  return {
    event,
    beginSending: (clients) =>
      tracing.begin("send /ws", {
        kind: "producer",
        parent: event.traceparent,
        attributes: { "bedside.bed": key, "bedside.clients": clients },
      }),
  };
}
