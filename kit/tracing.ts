/** What is done of a message, from when it began until it ended. */
export interface Span {
  /** Says to what comes of it that it is part of this span (contracts/traceparent.ts). */
  readonly traceparent: string;
  /** `error`: a word, where it failed. */
  end(error?: string): void;
}

export interface SpanOptions {
  readonly kind: "producer" | "consumer" | "internal";
  /** The traceparent of what it is done for. Null, or none: a trace begins here. */
  readonly parent: string | null;
  readonly attributes: Readonly<Record<string, string | number>>;
}

/** Where spans are told to. A process that tells them to nobody has none. */
export interface Tracing {
  /** Most are not recorded, and cost little. */
  begin(name: string, options: SpanOptions): Span;
}
