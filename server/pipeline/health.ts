import Fastify, { type FastifyInstance } from "fastify";
import type { Metrics } from "../metrics.ts";
import type { RunningPipeline } from "./pipeline.ts";

/** A worker's own HTTP, for whoever watches it: /livez, and its counts and times at /metrics. Not listening yet. */
export function workerHealth(metrics: Metrics, pipeline: Pick<RunningPipeline, "lag">): FastifyInstance {
  const app = Fastify({ logger: false });
  app.get("/livez", () => ({ status: "ok" }));
  app.get("/metrics", async (_request, reply) => {
    const lag = await pipeline.lag().catch(() => null);
    if (lag === null) metrics.lag.remove({ consumer: "worker" });
    else metrics.lag.set({ consumer: "worker" }, lag);
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  return app;
}
