import type { IncomingHttpHeaders } from "node:http";
import { HEADERS } from "../../../contracts/topics.ts";
import { checkedTraceparent } from "../../../contracts/traceparent.ts";

/** The trace of whoever asks, as a header of what is published for them: what comes of it is part of it. Nothing where they have none. */
export function traceOf(headers: IncomingHttpHeaders): Record<string, string> {
  const given = headers[HEADERS.traceparent];
  const traceparent = checkedTraceparent(typeof given === "string" ? given : undefined);
  return traceparent === null ? {} : { [HEADERS.traceparent]: traceparent };
}
