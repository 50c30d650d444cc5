import type { FastifyInstance } from "fastify";
import { setTimeout as sleep } from "node:timers/promises";
import type { History } from "../../history/history.ts";
import type { Metrics } from "../../metrics.ts";
import type { Feed } from "../feed/feed.ts";
import { refuse } from "../http-error.ts";

/** A broker that does not answer must not hold the metrics up. */
const LAG_WITHIN_MS = 1000;

export interface HealthOptions {
  readonly feed: Feed;
  readonly metrics: Metrics;
  readonly socketBytes: () => number;
  /** Null where none is kept. */
  readonly history: History | null;
}

/** /livez: the process answers. /readyz: the bus is being read. /metrics: Prometheus text. */
export function healthRoutes(app: FastifyInstance, { feed, metrics, socketBytes, history }: HealthOptions): void {
  app.get("/livez", () => ({ status: "ok" }));

  app.get("/readyz", async (_request, reply) => {
    return feed.missing === null ? { status: "ok" } : refuse(reply, 503, feed.missing);
  });

  app.get("/metrics", async (_request, reply) => {
    const lag = await Promise.race([feed.lag().catch(() => null), sleep(LAG_WITHIN_MS, null, { ref: false })]);
    if (lag === null) metrics.lag.remove({ consumer: "gateway" });
    else metrics.lag.set({ consumer: "gateway" }, lag);
    metrics.socketBytes.set(socketBytes());
    if (history) await tellHistory(history, metrics);
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}

async function tellHistory(history: History, metrics: Metrics): Promise<void> {
  const { state, lost, bytes } = await history.state();
  const { written, dropped, behindMs } = history.counts;
  // The history counts; a counter can only be added to.
  for (const counter of [metrics.historyRows, metrics.historyDropped, metrics.historyLost]) counter.reset();
  for (const [table, rows] of written) metrics.historyRows.inc({ table }, rows);
  metrics.historyDropped.inc(dropped);
  metrics.historyLost.inc(lost);
  metrics.historyBytes.set(bytes);
  metrics.historyBehind.set(behindMs / 1000);
  metrics.historyUp.set(state === "on" ? 1 : 0);
}
