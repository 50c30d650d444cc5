import type { FastifyInstance } from "fastify";
import { refuse } from "./http-error.ts";

/** What a connection may cost that is no WebSocket: those have limits of their own (SocketLimits). */
export interface ConnectionLimits {
  /** Open at once, WebSockets among them; beyond, each is told so and closed. */
  readonly connections: number;
  /** From its begin to the end of its first request's headers; of a later one from its first byte. */
  readonly headersMs: number;
  /** From there to the end of its body. Half a gigabyte of beats is given up sooner by its own limits. */
  readonly requestMs: number;
  /** Within a request, without a byte in either direction. */
  readonly idleMs: number;
  /** Between requests; longer than a proxy keeps a connection, which else would take up one that is just being closed. */
  readonly keepAliveMs: number;
  /** How often they are looked at. */
  readonly checkMs: number;
}

/** Connections that may be open beside the WebSockets. */
const BESIDE_SOCKETS = 744;

export const connectionLimits = (sockets: number): ConnectionLimits => ({
  connections: sockets + BESIDE_SOCKETS,
  headersMs: 10_000,
  requestMs: 11 * 60_000,
  idleMs: 60_000,
  keepAliveMs: 72_000,
  checkMs: 2000,
});

/** Connections beyond the limit that are still answered; others are dropped. */
const ANSWERED = 100;
/** Who watches over the gateway has to be answered also when it is full. */
const ALWAYS_ANSWERED = ["/livez", "/readyz", "/metrics"];

export const serverOptions = ({ headersMs, requestMs, idleMs, keepAliveMs, checkMs }: ConnectionLimits) => ({
  connectionTimeout: idleMs,
  requestTimeout: requestMs,
  keepAliveTimeout: keepAliveMs,
  http: { headersTimeout: headersMs, connectionsCheckingInterval: checkMs },
});

/** Answers with 503, and closes, what comes on more connections than there may be. */
export function limitConnections(app: FastifyInstance, { connections }: ConnectionLimits): void {
  let open = 0;
  app.server.maxConnections = connections + ANSWERED;
  app.server.on("connection", (socket) => {
    open++;
    socket.once("close", () => open--);
  });
  app.addHook("onRequest", async ({ url }, reply) => {
    if (open <= connections || ALWAYS_ANSWERED.includes(url)) return undefined;
    return refuse(
      reply.headers({ connection: "close", "retry-after": "5" }),
      503,
      `${connections} connections are open`,
      "BUSY",
    );
  });
}
