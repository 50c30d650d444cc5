import Fastify, { type FastifyInstance } from "fastify";
import type { Bus } from "../../bus/bus.ts";
import type { Outbox } from "../../bus/outbox/outbox.ts";
import type { Metrics } from "../metrics.ts";
import { keepAnswersPrivate } from "../private-answers.ts";

/**
 * A simulator's own HTTP, for whoever watches it: /livez (the process answers), /readyz (the bus takes what it sends; 503 with the reason
 * where it does not), and at /metrics what waits in its outbox (null: it has none). Not listening yet.
 */
export function simulatorHealth(
  metrics: Metrics,
  bus: Pick<Bus, "trouble">,
  outbox: Pick<Outbox, "contents" | "lostMessages"> | null,
): FastifyInstance {
  const app = Fastify({ logger: false });
  keepAnswersPrivate(app);
  app.get("/livez", () => ({ status: "ok" }));
  app.get("/readyz", async (_request, reply) => {
    const { trouble } = bus;
    return trouble === null
      ? { status: "ok" }
      : reply.code(503).send({ error: { code: "NOT_READY", message: trouble } });
  });
  let toldLost = 0;
  app.get("/metrics", async (_request, reply) => {
    metrics.busUp.set(bus.trouble === null ? 1 : 0);
    if (outbox) {
      const { messages, bytes, sinceMs } = outbox.contents;
      metrics.outboxMessages.set(messages);
      metrics.outboxBytes.set(bytes);
      metrics.outboxAge.set(sinceMs === null ? 0 : Math.max(0, Date.now() - sinceMs) / 1000);
      metrics.outboxLost.inc(outbox.lostMessages - toldLost);
      toldLost = outbox.lostMessages;
    }
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  return app;
}
