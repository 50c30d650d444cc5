import { randomUUID } from "node:crypto";
import { writeTraceparent } from "../contracts/traceparent.ts";

/** The traceparent of a frame whose trace nobody records: its id tells the frame and what comes of it apart from others, in logs as well. */
export function unrecordedTrace(): string {
  const spanId = randomUUID();
  return writeTraceparent({
    traceId: randomUUID().replaceAll("-", ""),
    // Without the digits that every UUID has.
    spanId: `${spanId.slice(0, 8)}${spanId.slice(-8)}`,
    isSampled: false,
  });
}
