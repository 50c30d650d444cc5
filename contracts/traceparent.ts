/** A place in a trace: https://www.w3.org/TR/trace-context/#traceparent-header */
export interface TraceContext {
  /** 32 lower-case hex digits. */
  readonly traceId: string;
  /** 16: of the span that what is told is part of. */
  readonly spanId: string;
  /** Whether who began the trace records it. */
  readonly isSampled: boolean;
}

/** Of a later version the first four fields are read, as W3C asks. */
const TRACEPARENT = /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})($|-)/;
const LENGTH = 55;
const MAX_LENGTH = 256;

/** What a traceparent says; null for what is none. */
export function readTraceparent(text: string | undefined): TraceContext | null {
  if (text === undefined || text.length < LENGTH || text.length > MAX_LENGTH) return null;
  const [, version, traceId, spanId, flags] = TRACEPARENT.exec(text) ?? [];
  if (version === undefined || (version === "00" && text.length !== LENGTH)) return null;
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

/** In version 00, which is all that is understood of a later one. */
export const writeTraceparent = ({ traceId, spanId, isSampled }: TraceContext): string =>
  `00-${traceId}-${spanId}-${isSampled ? "01" : "00"}`;

/** A traceparent as it may be passed on; null for what is none. */
export function checkedTraceparent(text: string | undefined): string | null {
  const context = readTraceparent(text);
  return context && writeTraceparent(context);
}
