import type { Config } from "../config.ts";
import type { OpenTracing } from "./otel.ts";

/**
 * Where this process tells its spans to; null where nobody asks for them, and OpenTelemetry is not even loaded. `role`: worker, gateway, …
 */
export async function openTracing(
  config: Pick<Config, "OTEL_EXPORTER_OTLP_ENDPOINT" | "OTEL_TRACES_SAMPLER_ARG">,
  role: string,
  log: { warn(line: string): void; info(line: string): void },
): Promise<OpenTracing | null> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: ratio } = config;
  if (endpoint === "") return null;
  const { openOtel } = await import("./otel.ts");
  return openOtel({ endpoint, ratio, service: `bedside-${role}`, log });
}
