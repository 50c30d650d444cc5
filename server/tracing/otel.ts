import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
} from "@opentelemetry/sdk-trace-base";
import { readTraceparent, writeTraceparent } from "../../contracts/traceparent.ts";
import type { Span, SpanOptions, Tracing } from "../../kit/tracing.ts";
import { within } from "../../kit/within.ts";
import { sayFailures } from "./say-failures.ts";

const CLOSE_WITHIN_MS = 2000;
const EXPORT_WITHIN_MS = 5000;
/** Beyond so many that wait for the collector, spans are dropped. */
const QUEUE = { maxQueueSize: 2048, maxExportBatchSize: 512, scheduledDelayMillis: 1000 } as const;

const KINDS = { producer: SpanKind.PRODUCER, consumer: SpanKind.CONSUMER, internal: SpanKind.INTERNAL } as const;

export interface OtelOptions {
  /** Of the collector, without /v1/traces. */
  readonly endpoint: string;
  /** Share of the traces that are recorded. */
  readonly ratio: number;
  /** What this process is to the collector. */
  readonly service: string;
  readonly log: { warn(line: string): void; info(line: string): void };
}

export interface OpenTracing extends Tracing {
  /** What was recorded is told, if the collector takes it. */
  close(): Promise<void>;
}

/**
 * Spans by OpenTelemetry, told by OTLP over HTTP. A trace is recorded by a share of its id, so that all processes choose the same ones: also of a
 * source that marks all of its frames as sampled.
 */
export function openOtel({ endpoint, ratio, service, log }: OtelOptions): OpenTracing {
  const byShare = new TraceIdRatioBasedSampler(ratio);
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/+$/, "")}/v1/traces`,
    timeoutMillis: EXPORT_WITHIN_MS,
  });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ "service.name": service }),
    sampler: new ParentBasedSampler({ root: byShare, remoteParentSampled: byShare }),
    spanProcessors: [new BatchSpanProcessor(sayFailures(exporter, log), QUEUE)],
  });
  const tracer = provider.getTracer("bedside");
  return {
    begin(name, { kind, parent, attributes }: SpanOptions): Span {
      const span = tracer.startSpan(name, { kind: KINDS[kind], attributes }, contextOf(parent));
      const { traceId, spanId, traceFlags } = span.spanContext();
      const isSampled = (traceFlags & TraceFlags.SAMPLED) !== 0;
      return {
        traceparent: writeTraceparent({ traceId, spanId, isSampled }),
        end(error) {
          if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: error });
          span.end();
        },
      };
    },
    async close() {
      await within(
        CLOSE_WITHIN_MS,
        provider.shutdown().catch(() => {}),
      );
    },
  };
}

function contextOf(parent: string | null): typeof ROOT_CONTEXT {
  const context = readTraceparent(parent ?? undefined);
  if (!context) return ROOT_CONTEXT;
  const { traceId, spanId, isSampled } = context;
  const traceFlags = isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}
