import { setTimeout as sleep } from "node:timers/promises";
import Fastify, { type FastifyInstance } from "fastify";
import type { Bus } from "../../bus/bus.ts";
import type { Metrics } from "../metrics.ts";
import { keepAnswersPrivate } from "../private-answers.ts";
import type { RunningPipeline } from "./pipeline.ts";

/** A broker that does not answer must not hold the metrics up. */
const LAG_WITHIN_MS = 1000;

/** A worker that is further behind is not ready: others should have its beds, or there are too many. */
const BEHIND_MS = 10_000;

/**
 * A worker's own HTTP, for whoever watches it: /livez (the process answers), /readyz (the bus is being read, and its beds' frames are heard soon;
 * 503 with the reason where that is not so), and its counts and times at /metrics. Not listening yet.
 */
export function workerHealth(
  metrics: Metrics,
  bus: Pick<Bus, "trouble">,
  pipeline: Pick<RunningPipeline, "lag" | "isReading" | "readUpToMs">,
): FastifyInstance {
  const app = Fastify({ logger: false });
  keepAnswersPrivate(app);
  app.get("/livez", () => ({ status: "ok" }));
  app.get("/readyz", async (_request, reply) => {
    const missing = bus.trouble ?? (pipeline.isReading ? behind(pipeline.readUpToMs) : "the bus is not being read yet");
    return missing === null
      ? { status: "ok" }
      : reply.code(503).send({ error: { code: "NOT_READY", message: missing } });
  });
  app.get("/metrics", async (_request, reply) => {
    const lag = await Promise.race([pipeline.lag().catch(() => null), sleep(LAG_WITHIN_MS, null, { ref: false })]);
    if (lag === null) metrics.lag.remove({ consumer: "worker" });
    else metrics.lag.set({ consumer: "worker" }, lag);
    const { readUpToMs } = pipeline;
    if (readUpToMs === null || Number.isNaN(readUpToMs)) metrics.behind.remove();
    else metrics.behind.set((Date.now() - readUpToMs) / 1000);
    metrics.busUp.set(bus.trouble === null ? 1 : 0);
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  return app;
}

/** Why a worker that reads is not ready; null where it is. */
function behind(readUpToMs: number | null): string | null {
  if (readUpToMs === null) return null;
  if (Number.isNaN(readUpToMs)) return "where its beds stand is not known yet";
  const behindMs = Date.now() - readUpToMs;
  return behindMs <= BEHIND_MS ? null : `frames of ${Math.round(behindMs / 1000)} s ago have not been heard yet`;
}
