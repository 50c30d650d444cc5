import helmet from "@fastify/helmet";
import fastifyStatic from "@fastify/static";
import websocket from "@fastify/websocket";
import Fastify, { type FastifyError, type FastifyInstance, LogController } from "fastify";
import { existsSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import path from "node:path";
import type { Bus } from "../../bus/bus.ts";
import { SOCKET_PROTOCOL } from "../../contracts/socket.ts";
import type { Config } from "../config.ts";
import type { Metrics } from "../metrics.ts";
import { Feed } from "./feed.ts";
import { isAllowedHost, isAllowedOrigin } from "./origin.ts";
import { type ModelDescription, routes } from "./routes.ts";
import { SOCKET_LIMITS, socketRoute } from "./socket-route.ts";

export interface AppOptions {
  readonly bus: Bus;
  readonly config: Pick<Config, "HOST" | "ALLOWED_ORIGINS" | "LOG_LEVEL">;
  readonly metrics: Metrics;
  readonly model: ModelDescription | null;
  /** The built dashboard; without it, HTTP and the socket alone. */
  readonly clientDir: string;
  /** The bus has failed for good. */
  readonly onError: (error: unknown) => void;
}

/** The gateway as a Fastify instance that reads the bus once it is ready and listens only when told to. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { bus, config, metrics, model, clientDir, onError } = options;
  const app = Fastify({
    logger: { level: config.LOG_LEVEL },
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 64 * 1024,
    routerOptions: { maxParamLength: 64 },
    ajv: { customOptions: { coerceTypes: true, removeAdditional: false } },
  });
  const feed = new Feed(bus, metrics, onError);
  app.addHook("onReady", () => feed.start());
  app.addHook("preClose", () => feed.close());
  app.addHook("onRequest", async (request, reply) => {
    if (isAllowedHost(request.headers.host, config.HOST)) return;
    await reply.code(403).send({ error: { code: "BAD_HOST", message: "this host name is not the gateway's own" } });
  });

  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", "data:"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: false,
  });
  await app.register(websocket, {
    options: {
      maxPayload: SOCKET_LIMITS.payloadBytes,
      handleProtocols: (offered) => (offered.has(SOCKET_PROTOCOL) ? SOCKET_PROTOCOL : false),
      verifyClient: ({ req }: { req: IncomingMessage }) =>
        isAllowedOrigin(req.headers.origin, req.headers.host, config.ALLOWED_ORIGINS),
    },
  });
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) app.log.error({ code: error.code }, error.message);
    const message = status >= 500 ? "something went wrong; the log tells more" : error.message;
    return reply.code(status).send({ error: { code: error.code ?? "ERROR", message } });
  });
  app.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .send({ error: { code: "NOT_FOUND", message: `nothing at ${request.method} ${request.url.slice(0, 200)}` } }),
  );

  routes(app, feed, metrics, model);
  await app.register(async (scope) => socketRoute(scope, feed, metrics));
  if (existsSync(path.join(clientDir, "index.html"))) {
    await app.register(fastifyStatic, { root: path.resolve(clientDir) });
  } else {
    app.log.warn(`no dashboard in ${clientDir}: run \`npm run build\``);
  }
  return app;
}
