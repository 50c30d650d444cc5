import type { SpanExporter } from "@opentelemetry/sdk-trace-base";

/** The exporter, which says once when nobody takes its spans, and once when somebody does again. */
export function sayFailures(
  exporter: SpanExporter,
  log: { warn(line: string): void; info(line: string): void },
): SpanExporter {
  let fails = false;
  return {
    export(spans, onDone) {
      exporter.export(spans, (result) => {
        // 0 is success; its enumeration is another package's.
        if (result.code !== 0 && !fails)
          log.warn(`spans are not taken: ${result.error?.message ?? "no reason is told"}`);
        if (result.code === 0 && fails) log.info("spans are taken again");
        fails = result.code !== 0;
        onDone(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}
