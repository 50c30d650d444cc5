import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { refuse } from "../http-error.ts";

/** What one address may ask for within a minute: a screen asks some dozens of times, and a ward's screens may stand behind one address. */
export interface RateLimits {
  readonly requests: number;
  readonly sockets: number;
  readonly signIns: number;
}

export const RATE_LIMITS: RateLimits = { requests: 6000, sockets: 1200, signIns: 10 };

const timeWindow = 60_000;
/** Who watches over the gateway is answered whoever else asks. */
const ALWAYS_ANSWERED = ["/livez", "/readyz", "/metrics"];

/** Before anything else is done for a request, and before it is asked who sends it. */
export async function limitRates(app: FastifyInstance, { requests, sockets, signIns }: RateLimits): Promise<void> {
  await app.register(rateLimit, { global: false });
  const limiters = {
    requests: app.createRateLimit({ max: requests, timeWindow }),
    sockets: app.createRateLimit({ max: sockets, timeWindow }),
    signIns: app.createRateLimit({ max: signIns, timeWindow }),
  };
  app.addHook("onRequest", async (request, reply) => {
    const { url: route } = request.routeOptions;
    if (route !== undefined && ALWAYS_ANSWERED.includes(route)) return undefined;
    const limited = await limiters[kindOf(request)](request);
    if (limited.isAllowed || !limited.isExceeded) return undefined;
    const seconds = String(limited.ttlInSeconds);
    return refuse(reply.header("retry-after", seconds), 429, `too many requests: ask again in ${seconds} s`);
  });
}

function kindOf({ method, routeOptions: { url } }: FastifyRequest): keyof RateLimits {
  if (url === "/ws") return "sockets";
  return method === "POST" && url === "/api/session" ? "signIns" : "requests";
}
