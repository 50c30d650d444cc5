import type { FastifyInstance } from "fastify";
import { setTimeout as sleep } from "node:timers/promises";
import type { Metrics } from "../../metrics.ts";
import type { Feed } from "../feed/feed.ts";
import { refuse } from "../http-error.ts";

/** A broker that does not answer must not hold the metrics up. */
const LAG_WITHIN_MS = 1000;

export interface HealthOptions {
  readonly feed: Feed;
  readonly metrics: Metrics;
  readonly socketBytes: () => number;
}

/** /livez: the process answers. /readyz: the bus is being read. /metrics: Prometheus text. */
export function healthRoutes(app: FastifyInstance, { feed, metrics, socketBytes }: HealthOptions): void {
  app.get("/livez", () => ({ status: "ok" }));

  app.get("/readyz", async (_request, reply) => {
    return feed.missing === null ? { status: "ok" } : refuse(reply, 503, feed.missing);
  });

  app.get("/metrics", async (_request, reply) => {
    const lag = await Promise.race([feed.lag().catch(() => null), sleep(LAG_WITHIN_MS, null, { ref: false })]);
    if (lag === null) metrics.lag.remove({ consumer: "gateway" });
    else metrics.lag.set({ consumer: "gateway" }, lag);
    metrics.socketBytes.set(socketBytes());
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}
