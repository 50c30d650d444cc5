import type { ReceivedMessage } from "../../bus/bus.ts";
import type { Frame } from "../../contracts/frame.ts";
import { HEADERS } from "../../contracts/topics.ts";
import { checkedTraceparent } from "../../contracts/traceparent.ts";
import type { Span, Tracing } from "../../kit/tracing.ts";

/** From a frame's arrival until what comes of it is acknowledged: part of its source's trace, or one of its own. */
export const beginFrame = (
  tracing: Tracing,
  { topic, partition, offset, headers }: ReceivedMessage,
  { bed, epoch, sequence }: Frame,
): Span =>
  tracing.begin(`process ${topic}`, {
    kind: "consumer",
    parent: checkedTraceparent(headers[HEADERS.traceparent]),
    attributes: {
      "messaging.destination.name": topic,
      "messaging.destination.partition.id": String(partition),
      "messaging.operation.type": "process",
      "bedside.offset": offset,
      "bedside.bed": bed,
      "bedside.epoch": epoch,
      "bedside.sequence": sequence,
    },
  });
