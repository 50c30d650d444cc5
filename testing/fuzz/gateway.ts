import type { FastifyInstance, InjectOptions } from "fastify";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createMemoryBus } from "../../bus/memory-bus.ts";
import type { Random } from "../../kit/random.ts";
import { Access } from "../../server/access/access.ts";
import { putPerson } from "../../server/access/edit-users.ts";
import { Seal } from "../../server/access/seal.ts";
import { UsersFile } from "../../server/access/users-file.ts";
import { readConfig } from "../../server/config.ts";
import { buildApp } from "../../server/gateway/app.ts";
import { History } from "../../server/history/history.ts";
import { createMetrics } from "../../server/metrics.ts";
import { FEATURE_NAMES } from "../../signal/beat/features.ts";
import { createFakeRows } from "../classify/fake-rows.ts";
import { beatAt, beatMessage, frameAt, frameMessage } from "../gateway/messages.ts";
import { routesOf } from "../gateway/routes.ts";
import { createFakeClassifier } from "../model/fake-classifier.ts";
import { anyFile } from "./beat-csv.ts";
import type { Target } from "./fuzz.ts";
import { anyValue, below, maybe, nearly, NUMBERS, oneOf, scratched, WORDS } from "./pick.ts";

const PASSWORD = "correct horse battery";
const UNLIMITED = { requests: 1e9, sockets: 1e9, signIns: 1e9 };

export interface OpenGateway {
  readonly app: FastifyInstance;
  /** Of an operator; null where nobody need sign in. */
  readonly cookie: string | null;
  readonly close: () => Promise<void>;
}

/** A gateway with everything that it can have, outside of any test. */
export async function openWholeGateway(signsIn: boolean): Promise<OpenGateway> {
  const folder = await mkdtemp(path.join(tmpdir(), "bedside-fuzz-"));
  const bus = createMemoryBus({ partitions: 3 });
  await bus.start();
  const cheap = { N: 1024, r: 8, p: 1 };
  const file = path.join(folder, "users.json");
  await putPerson(file, "Anna", "operator", PASSWORD, cheap);
  const fail = (error: unknown): never => {
    throw error;
  };
  const users = new UsersFile(file, fail);
  const seal = new Seal("", Date.now);
  const options = { users, issuer: null, seal, sessionMs: 3.6e6, nowMs: Date.now, cost: cheap };
  const access = signsIn ? new Access(options) : null;
  const quiet = { error: () => {}, warn: () => {}, info: () => {} };
  const history = await History.open({
    file: path.join(folder, "history.sqlite"),
    log: null,
    maxAgeMs: 1e13,
    maxBytes: 1e9,
    logTo: quiet,
  });
  const app = await buildApp({
    bus,
    config: readConfig({ PORT: "0", LOG_LEVEL: "silent" }),
    metrics: createMetrics(),
    model: null,
    clientDir: "/nonexistent",
    onError: fail,
    history,
    access,
    rateLimits: UNLIMITED,
    openRows: async () => createFakeRows(),
    openClassifier: async () => createFakeClassifier(FEATURE_NAMES.length),
  });
  await app.ready();
  await bus.publish([frameMessage(frameAt("b1", 1)), beatMessage(beatAt("b1", 500))]);
  const signed =
    access &&
    (await app.inject({ method: "POST", url: "/api/session", payload: { name: "Anna", password: PASSWORD } }));
  return {
    app,
    cookie: signed ? String(signed.headers["set-cookie"]).split(";")[0] : null,
    close: async () => {
      await app.close();
      await bus.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const id = "command-17";
/** What each route that takes a body is sent by those who mean well. */
const BODIES: readonly unknown[] = [
  { id, action: "acknowledge", by: "Anna", alarm: { id: "b1/e1/asystole/100", version: 1 }, reason: null },
  { id, action: "relabel", by: "Anna", beat: { id: "b1/e1/500", timeMs: 1e12, beatClass: "V" } },
  { id, action: "admit", version: 0, by: "Anna", name: "Somebody", to: null },
  { id, action: "move", version: 1, by: "Anna", name: null, to: { bed: "b1", version: 0 } },
  { id, record: "synthetic/sinus", drift: "em:6dB@60..120s,gain:0.5@200s", speed: 1 },
  { name: "Anna", password: PASSWORD },
];

const QUERIES = {
  from: [1e12 - 1000, ...NUMBERS],
  to: [1e12 + 60_000, ...NUMBERS],
  step: [10_000, 60_000, ...NUMBERS],
  limit: [1, 1000, ...NUMBERS],
  since: NUMBERS,
  beat: ["b1/e1/500", "b1/e1/501", ...WORDS],
  format: ["json", "ndjson", "csv", ...WORDS],
  kinds: ["asystole", "asystole,apnoea", ...WORDS],
  beds: ["b1", "b1,b2", ...WORDS],
} as const;

const HEADERS: Readonly<Record<string, readonly string[]>> = {
  host: ["localhost", "rebound.example", "", "[::1", "a".repeat(500), "localhost:99999"],
  origin: ["http://localhost", "https://elsewhere.example", "null", "\u00e9", "http://"],
  authorization: [
    "Bearer ",
    "Bearer x.y.z",
    "Bearer a~b",
    `Bearer ${"a".repeat(9000)}`,
    "Basic QTpC",
    "Bearer eyJhbGciOiJub25lIn0.e30.",
  ],
  cookie: ["bedside-session=", "bedside-session=a.b.c", "=;=;=", `x=${"y".repeat(5000)}`, "__proto__=1"],
  accept: ["text/csv", "application/x-ndjson", "*/*", "\u00e9"],
  "content-encoding": ["gzip", "identity", "br"],
  "content-type": [
    "application/json",
    "text/csv",
    "text/plain",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "application/json; charset=x",
    "",
  ],
  upgrade: ["websocket", "h2c"],
  "x-forwarded-for": ["10.0.0.1", "x", "::"],
};

function addressFrom(random: Random, route: string): string {
  const path = route
    .replace(":bed", () => (maybe(random, 0.7) ? "b1" : encoded(oneOf(random, WORDS))))
    .replace("*", () => encoded(oneOf(random, WORDS)));
  const query = Object.entries(QUERIES).flatMap(([key, values]) =>
    maybe(random, 0.35)
      ? [`${key}=${encoded(String(maybe(random, 0.5) ? values[0] : oneOf<string | number>(random, values)))}`]
      : [],
  );
  const address = query.length > 0 ? `${path}?${query.join("&")}` : path;
  return maybe(random, 0.05) ? `/${encoded(scratched(random, address.slice(1)))}` : address;
}

/** As a client would write it, or not quite. */
const encoded = (text: string): string => encodeURI(text.replaceAll(/\p{Surrogate}/gu, "?")).replaceAll("%25", "%");

function bodyFrom(random: Random): string | Buffer {
  if (maybe(random, 0.1)) return Buffer.concat(anyFile(random, below(random, 3)));
  const value = maybe(random, 0.1) ? anyValue(random) : nearly(random, oneOf(random, BODIES));
  return scratched(random, JSON.stringify(value));
}

function requestFrom(random: Random, routes: readonly string[], cookie: string | null): InjectOptions {
  const [method, route] = oneOf(random, routes).split(" ");
  const headers: Record<string, string> = { host: "localhost", "content-type": "application/json" };
  if (cookie !== null && maybe(random, 0.7)) headers["cookie"] = cookie;
  for (const [name, values] of Object.entries(HEADERS)) if (maybe(random, 0.06)) headers[name] = oneOf(random, values);
  const asked = maybe(random, 0.03) ? oneOf(random, ["PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "POST"]) : method;
  const hasBody = !["GET", "HEAD"].includes(asked);
  return {
    method: asked as "GET",
    url: addressFrom(random, route),
    headers,
    ...(hasBody && { payload: bodyFrom(random) }),
  };
}

const target = (name: string, signsIn: boolean): Target => ({
  name,
  share: 6,
  open: async () => {
    const { app, cookie, close } = await openWholeGateway(signsIn);
    const routes = routesOf(app).filter((route) => route !== "DELETE /api/session");
    return {
      attempt: async (random) => {
        const request = requestFrom(random, routes, cookie);
        const { statusCode, body } = await app.inject(request);
        if (statusCode >= 500)
          throw new Error(`${statusCode} ${body.slice(0, 300)} for ${JSON.stringify(request).slice(0, 2000)}`);
        if (/\n\s+at |node_modules/.test(body)) throw new Error(`a stack in ${body.slice(0, 500)}`);
        return statusCode < 400;
      },
      close,
    };
  },
});

export const ROUTE_TARGETS: readonly Target[] = [target("routes", false), target("routes, signed in and out", true)];
