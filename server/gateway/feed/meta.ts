import { HEADERS } from "../../../contracts/topics.ts";
import { readTraceparent, writeTraceparent } from "../../../contracts/traceparent.ts";

/** What an event's headers tell: the source offset, and the times of its way, Unix ms. */
export interface Meta {
  readonly source?: string;
  readonly producedAtMs?: number;
  readonly receivedAtMs?: number;
  readonly publishedAtMs?: number;
  readonly gatewayAtMs: number;
  /** Of a trace that is recorded. */
  readonly traceparent?: string;
}

/** Characters of a source, "topic/partition/offset". */
const MAX_SOURCE = 128;

/** Headers that are not there, or no numbers where times belong, are left out. */
export function metaOf(
  headers: Readonly<Record<string, string>>,
  gatewayAtMs: number,
  traceparent = headers[HEADERS.traceparent],
): Meta {
  const time = (name: string, header: string): Record<string, number> => {
    const value = Number.parseFloat(headers[header] ?? "");
    return Number.isFinite(value) ? { [name]: value } : {};
  };
  const source = headers[HEADERS.source];
  const trace = readTraceparent(traceparent);
  return {
    ...(source === undefined ? {} : { source: source.slice(0, MAX_SOURCE) }),
    ...time("producedAtMs", HEADERS.producedAt),
    ...time("receivedAtMs", HEADERS.receivedAt),
    ...time("publishedAtMs", HEADERS.publishedAt),
    gatewayAtMs,
    // The others' ids would lead nowhere, and cost each client their bytes.
    ...(trace?.isSampled ? { traceparent: writeTraceparent(trace) } : {}),
  };
}
