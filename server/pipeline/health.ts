import { setTimeout as sleep } from "node:timers/promises";
import Fastify, { type FastifyInstance } from "fastify";
import type { Bus } from "../../bus/bus.ts";
import type { Metrics } from "../metrics.ts";
import { keepAnswersPrivate } from "../private-answers.ts";
import type { RunningPipeline } from "./pipeline.ts";

/** A broker that does not answer must not hold the metrics up. */
const LAG_WITHIN_MS = 1000;

/**
 * A worker's own HTTP, for whoever watches it: /livez (the process answers), /readyz (the bus is being read; 503 with the reason where
 * it is not), and its counts and times at /metrics. Not listening yet.
 */
export function workerHealth(
  metrics: Metrics,
  bus: Pick<Bus, "trouble">,
  pipeline: Pick<RunningPipeline, "lag" | "isReading">,
): FastifyInstance {
  const app = Fastify({ logger: false });
  keepAnswersPrivate(app);
  app.get("/livez", () => ({ status: "ok" }));
  app.get("/readyz", async (_request, reply) => {
    const missing = bus.trouble ?? (pipeline.isReading ? null : "the bus is not being read yet");
    return missing === null
      ? { status: "ok" }
      : reply.code(503).send({ error: { code: "NOT_READY", message: missing } });
  });
  app.get("/metrics", async (_request, reply) => {
    const lag = await Promise.race([pipeline.lag().catch(() => null), sleep(LAG_WITHIN_MS, null, { ref: false })]);
    if (lag === null) metrics.lag.remove({ consumer: "worker" });
    else metrics.lag.set({ consumer: "worker" }, lag);
    metrics.busUp.set(bus.trouble === null ? 1 : 0);
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  return app;
}
