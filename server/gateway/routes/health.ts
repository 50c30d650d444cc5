import type { FastifyInstance } from "fastify";
import { setTimeout as sleep } from "node:timers/promises";
import type { Bus } from "../../../bus/bus.ts";
import type { History } from "../../history/history.ts";
import type { Metrics } from "../../metrics.ts";
import { countBeds } from "../../ward/bed-states.ts";
import type { Feed } from "../feed/feed.ts";
import { refuse } from "../http-error.ts";

/** A broker that does not answer must not hold the metrics up. */
const LAG_WITHIN_MS = 1000;

export interface HealthOptions {
  readonly bus: Pick<Bus, "trouble">;
  readonly feed: Feed;
  readonly metrics: Metrics;
  readonly socketBytes: () => number;
  /** Null where none is kept. */
  readonly history: History | null;
}

/** /livez: the process answers. /readyz: the bus is being read. /metrics: Prometheus text. */
export function healthRoutes(app: FastifyInstance, { bus, feed, metrics, socketBytes, history }: HealthOptions): void {
  app.get("/livez", () => ({ status: "ok" }));

  app.get("/readyz", async (_request, reply) => {
    return feed.missing === null ? { status: "ok" } : refuse(reply, 503, feed.missing);
  });

  app.get("/metrics", async (_request, reply) => {
    const lag = await Promise.race([feed.lag().catch(() => null), sleep(LAG_WITHIN_MS, null, { ref: false })]);
    if (lag === null) metrics.lag.remove({ consumer: "gateway" });
    else metrics.lag.set({ consumer: "gateway" }, lag);
    metrics.busUp.set(bus.trouble === null ? 1 : 0);
    metrics.socketBytes.set(socketBytes());
    for (const [state, beds] of countBeds(feed.ward, Date.now())) metrics.beds.set({ state }, beds);
    if (history) await tellHistory(history, metrics);
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}

async function tellHistory(history: History, metrics: Metrics): Promise<void> {
  const { state, lost, bytes, reachesBackToMs } = await history.state();
  const { written, dropped, behindMs } = history.counts;
  // The history counts; a counter can only be added to.
  for (const counter of [metrics.historyRows, metrics.historyDropped, metrics.historyLost]) counter.reset();
  for (const [table, rows] of written) metrics.historyRows.inc({ table }, rows);
  metrics.historyDropped.inc(dropped);
  metrics.historyLost.inc(lost);
  for (const [of, toMs] of Object.entries(reachesBackToMs)) {
    if (toMs === null) metrics.historyReach.remove({ of });
    else metrics.historyReach.set({ of }, Math.max(0, (Date.now() - toMs) / 1000));
  }
  metrics.historyBytes.set(bytes);
  metrics.historyBehind.set(behindMs / 1000);
  metrics.historyUp.set(state === "on" ? 1 : 0);
}
