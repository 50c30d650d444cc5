import cookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import websocket from "@fastify/websocket";
import Fastify, { type FastifyInstance, LogController } from "fastify";
import { setTimeout as sleep } from "node:timers/promises";
import type { Bus } from "../../bus/bus.ts";
import type { Model } from "../../contracts/api.ts";
import { SOCKET_PROTOCOL } from "../../contracts/socket.ts";
import type { Classifier } from "../../model/classifier.ts";
import type { RowClassifier } from "../../model/rows/classifier.ts";
import { type Config, wardTimeZone } from "../config.ts";
import type { History } from "../history/history.ts";
import { HistoryFeed } from "../history/history-feed.ts";
import type { Metrics } from "../metrics.ts";
import { keepAnswersPrivate } from "../private-answers.ts";
import { namedPolicy } from "../../signal/rhythm/policy/policy.ts";
import type { Tracing } from "../../kit/tracing.ts";
import type { PolicyOf } from "../provenance/provenance-of.ts";
import type { Access } from "../access/access.ts";
import { audit, type AuditLog } from "./access/audit.ts";
import { countRefusals } from "./access/count-refusals.ts";
import { guard } from "./access/guard.ts";
import { limitRates, RATE_LIMITS, type RateLimits } from "./access/rate-limits.ts";
import { type ConnectionLimits, connectionLimits, limitConnections, serverOptions } from "./connections.ts";
import { EVENT_TOPICS, type EventTopic } from "./feed/event-topics.ts";
import { Feed } from "./feed/feed.ts";
import { describeRoutes } from "./documents/openapi.ts";
import { documentRoutes, version } from "./documents/routes.ts";
import { handleErrors, refuse } from "./http-error.ts";
import { sparingly } from "./sparingly.ts";
import { isAllowedHost, originsOf } from "./origin.ts";
import { admissionsRoute } from "./routes/admissions.ts";
import { apiRoutes } from "./routes/api.ts";
import { CLASSIFY_LIMITS, type ClassifyLimits, classifyRoutes } from "./routes/classify.ts";
import { commandsRoute } from "./routes/commands.ts";
import { dashboardRoutes } from "./routes/dashboard.ts";
import { healthRoutes } from "./routes/health.ts";
import { historyRoutes } from "./routes/history.ts";
import { provenanceRoute } from "./routes/provenance.ts";
import { reportRoute } from "./routes/report.ts";
import { simulationRoute } from "./routes/simulation.ts";
import { sessionRoutes } from "./routes/session.ts";
import { SOCKET_LIMITS, type SocketLimits, socketRoute } from "./routes/socket.ts";

const BODY_BYTES = 64 * 1024;
const MESSAGE_BYTES = 16 * 1024;
/** Messages of a kind are much alike: each is told by those before it. A window of 8 KB has some ten of them, and takes 96 KB of a client that is sent to so. */
const COMPRESSION = { serverMaxWindowBits: 13, zlibDeflateOptions: { level: 6, memLevel: 7 } } as const;
/** Clients that have not closed within this time, when the gateway goes, are cut off. */
const FAREWELL_MS = 1000;
/** Of what is wrong with a message, which may quote it. */
const LOGGED_CHARACTERS = 300;
const GOING_AWAY = 1001;

export interface AppOptions {
  /** Started. */
  readonly bus: Bus;
  readonly config: Pick<Config, "HOST" | "ALLOWED_ORIGINS" | "LOG_LEVEL" | "BUS" | "WARD_TIME_ZONE" | "MAX_SOCKETS">;
  readonly metrics: Metrics;
  /** Default: no spans are made. */
  readonly tracing?: Tracing | null;
  /** Who may do what; default: everybody everything. */
  readonly access?: Access | null;
  /** Keeps who did what; default: the log. */
  readonly auditTo?: AuditLog;
  readonly rateLimits?: Partial<RateLimits>;
  /** Proxies whose X-Forwarded-For is believed, by address or network; default: none. */
  readonly trustedProxies?: readonly string[];
  /** What /api/model tells; see publicModel. */
  readonly model: Model | null;
  /** The built dashboard; without it, HTTP and the socket alone. */
  readonly clientDir: string;
  /** Takes the log's lines; default: standard output. */
  readonly logTo?: { write(line: string): void };
  /** The bus has failed for good. */
  readonly onError: (error: unknown) => void;
  /** Topics of events that are passed on; default: the product's. */
  readonly topics?: readonly EventTopic[];
  readonly limits?: Partial<SocketLimits>;
  /** The classifier of rows for /api/classify, asked for when it is needed; without it, there is no such route. */
  readonly openRows?: () => Promise<RowClassifier>;
  readonly classifyLimits?: Partial<ClassifyLimits>;
  readonly connectionLimits?: Partial<ConnectionLimits>;
  /** The report that /api/report serves; without it, the route says how to make one. */
  readonly reportFile?: string;
  /** The model of live beats, asked for when somebody asks why a beat has its class; without it, there is no such route. */
  readonly openClassifier?: () => Promise<Classifier>;
  /** The beds' alarm policies, as workers have them; default: the adult one. */
  readonly policyOf?: PolicyOf;
  /** What happened, which the gateway reads from the bus and then owns; without it, none is kept. */
  readonly history?: History | null;
}

/**
 * The gateway as a Fastify instance: it begins to read the bus when it is made ready (/readyz tells when that is done)
 * and listens only when told to. Closing it tells its clients and leaves the bus open.
 */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { bus, config, metrics, model, clientDir, onError, logTo, topics = EVENT_TOPICS } = options;
  const { access = null, trustedProxies = [] } = options;
  const allowedOrigins = originsOf(config.ALLOWED_ORIGINS);
  const connections = { ...connectionLimits(config.MAX_SOCKETS), ...options.connectionLimits };
  const app = Fastify({
    logger: { level: config.LOG_LEVEL, ...(logTo && { stream: logTo }) },
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_BYTES,
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    ...serverOptions(connections),
    routerOptions: { maxParamLength: 64 },
    // An address that can't be read comes past all hooks.
    frameworkErrors: ({ statusCode = 400, message }, _request, reply) =>
      void refuse(reply.header("cache-control", "no-store"), statusCode, message),
  });
  const onSkipped = sparingly((error: Error, place: string, more: number) =>
    app.log.warn({ place, more }, `skipped: ${error.message.slice(0, LOGGED_CHARACTERS)}`),
  );
  const feed = new Feed({ bus, topics, config, metrics, tracing: options.tracing ?? null, onSkipped, onError });
  app.addHook("onReady", async () => void feed.start());
  app.addHook("onClose", () => feed.close());
  const history = options.history ?? null;
  if (history) {
    const historyFeed = new HistoryFeed({ bus, history, onError });
    app.addHook("onReady", async () => historyFeed.start());
    app.addHook("onClose", async () => {
      await historyFeed.close();
      await history.close();
    });
  }
  handleErrors(app);
  keepAnswersPrivate(app);
  limitConnections(app, connections);
  // Schemas of responses are for the reader; the same named schema twice in one is more than fast-json-stringify takes.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));

  await app.register(helmet, SECURITY_HEADERS);
  await app.register(websocket, {
    options: {
      maxPayload: MESSAGE_BYTES,
      handleProtocols: () => SOCKET_PROTOCOL,
      perMessageDeflate: COMPRESSION,
    },
    errorHandler: (error, socket) => {
      app.log.debug({ err: error }, "a socket failed");
      socket.terminate();
    },
    preClose: () => farewell(app),
  });
  // Behind the socket plugin, which else would not know of an upgrade that is refused here and leave it hanging.
  app.addHook("onRequest", async ({ headers }, reply) => {
    if (isAllowedHost(headers.host, config.HOST, allowedOrigins)) return undefined;
    return refuse(reply, 421, "the gateway is not known by this host name: add its origin to ALLOWED_ORIGINS");
  });
  await app.register(cookie);
  await limitRates(app, { ...RATE_LIMITS, ...options.rateLimits });
  guard(app, access, allowedOrigins);
  audit(app, options.auditTo ?? null, access);
  countRefusals(app, metrics);
  const openApi = await describeRoutes(app, version);
  await app.register(async (scope) => {
    documentRoutes(scope, bus.partitions, openApi);
    const limits = { ...SOCKET_LIMITS, clients: config.MAX_SOCKETS, ...options.limits };
    const socketBytes = socketRoute(scope, { feed, metrics, allowedOrigins, access, limits });
    sessionRoutes(scope, { access, allowedOrigins });
    healthRoutes(scope, { bus, feed, metrics, socketBytes, history });
    apiRoutes(scope, { ward: feed.ward, model, history, timeZone: wardTimeZone(config) });
    historyRoutes(scope, history);
    commandsRoute(scope, { bus, ward: feed.ward, allowedOrigins });
    admissionsRoute(scope, { bus, ward: feed.ward, allowedOrigins });
    simulationRoute(scope, { bus, ward: feed.ward, allowedOrigins });
    reportRoute(scope, options.reportFile ?? null);
    const { openRows, classifyLimits, openClassifier } = options;
    if (openClassifier) provenanceRoute(scope, { history, openClassifier, policyOf: options.policyOf ?? adult });
    if (openRows) {
      const limits = { ...CLASSIFY_LIMITS, ...classifyLimits };
      await scope.register(classifyRoutes, { openRows, allowedOrigins, limits });
    }
    await dashboardRoutes(scope, clientDir);
  });
  return app;
}

const adult: PolicyOf = () => namedPolicy("adult");

/** The dashboard's own scripts, styles and socket, and nothing else; no HTTPS is asked for, since none is spoken here. */
const SECURITY_HEADERS = {
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
};

async function farewell({ websocketServer }: FastifyInstance): Promise<void> {
  const { clients } = websocketServer;
  for (const client of clients) client.close(GOING_AWAY, "the gateway is shutting down");
  for (let waitedMs = 0; clients.size > 0 && waitedMs < FAREWELL_MS; waitedMs += 20) await sleep(20);
  for (const client of clients) client.terminate();
}
