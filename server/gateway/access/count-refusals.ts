import type { FastifyInstance } from "fastify";
import type { Metrics } from "../../metrics.ts";

/** Of who may not ask, and of who asks too often: an alert can be made of it. */
const COUNTED: readonly number[] = [401, 403, 421, 429];

export function countRefusals(app: FastifyInstance, { refusedRequests }: Pick<Metrics, "refusedRequests">): void {
  // A count that begins with its first event hides that one from rates.
  for (const status of COUNTED) refusedRequests.inc({ status }, 0);
  app.addHook("onResponse", async (_request, { statusCode: status }) => {
    if (COUNTED.includes(status)) refusedRequests.inc({ status });
  });
}
