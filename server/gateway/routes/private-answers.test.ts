import type { InjectOptions } from "fastify";
import { expect, test } from "vitest";
import { beatSamples, kaggleRow } from "../../../testing/beat-csv.ts";
import { openGateway, until } from "../../../testing/gateway/gateway.ts";
import { routesOf, wholeGateway } from "../../../testing/gateway/routes.ts";
import { createMetrics } from "../../metrics.ts";
import { workerHealth } from "../../pipeline/health.ts";

/** What is of no patient and may stay: the page's files, whose names have a hash or which are asked for anew, and the models' report. */
const PUBLIC: Readonly<Record<string, string>> = {
  "GET /*": "public, max-age=31536000, immutable",
  "GET /model": "no-cache",
  "GET /upload": "no-cache",
  "GET /api/report": "no-cache",
};

const RANGE = `from=${1e12 - 1000}&to=${1e12 + 60_000}`;

/** What a route wants to answer with what it is for; one that is not here is asked without any of it. */
const ASKED: Readonly<Record<string, Omit<InjectOptions, "method">>> = {
  "GET /*": { url: "/assets/main-4f2a.js" },
  "GET /docs/:file": { url: "/docs/openapi.json" },
  "GET /api/beds/:bed/beats": { url: `/api/beds/b1/beats?${RANGE}` },
  "GET /api/beds/:bed/signal": { url: `/api/beds/b1/signal?${RANGE}` },
  "GET /api/beds/:bed/conditions": { url: `/api/beds/b1/conditions?${RANGE}` },
  "GET /api/beds/:bed/trend": { url: `/api/beds/b1/trend?${RANGE}&step=10000` },
  "GET /api/provenance": { url: "/api/provenance?beat=b1/e1/1000" },
  "POST /api/classify": {
    url: "/api/classify",
    headers: { "content-type": "text/csv" },
    payload: kaggleRow(beatSamples(1), 0),
  },
};

/** What can't answer so here: no handshake, no simulator, no admission, no command, no model; a page's address with a stroke behind it. */
const REFUSED: Readonly<Record<string, number>> = {
  "GET /ws": 426,
  "GET /model/": 302,
  "GET /upload/": 302,
  "GET /api/beds/:bed/simulation": 404,
  "POST /api/beds/:bed/simulation": 400,
  "POST /api/beds/:bed/commands": 400,
  "POST /api/beds/:bed/admission": 400,
  "POST /api/session": 400,
  "GET /api/provenance": 404,
  "GET /api/report": 404,
  "GET /api/model": 404,
};

test("no answer may be kept by a cache, but for what is of no patient: every route of a gateway", async () => {
  const { app } = await wholeGateway();
  await until(async () => (await app.inject("/api/beds/b1")).statusCode === 200);
  await until(async () => (await app.inject(`/api/beds/b1/beats?${RANGE}`)).body.includes("b1/e1/500"));
  const routes = routesOf(app);
  for (const route of [
    "GET /livez",
    "GET /api/beds",
    "GET /api/beds/:bed",
    "POST /api/classify",
    "GET /api/provenance",
  ])
    expect(routes).toContain(route);
  // A row for a route that is none any more says nothing.
  for (const route of [...Object.keys(PUBLIC), ...Object.keys(ASKED), ...Object.keys(REFUSED)])
    expect(routes).toContain(route);
  for (const route of routes) {
    const [method, address] = route.split(" ") as ["GET" | "POST" | "DELETE", string];
    const asked = ASKED[route] ?? { url: address.replace(":bed", "b1") };
    const { statusCode, headers } = await app.inject({ method, ...asked });
    expect({ route, statusCode }).toEqual({ route, statusCode: REFUSED[route] ?? 200 });
    const kept = statusCode === 200 ? PUBLIC[route] : undefined;
    expect({ route, cache: headers["cache-control"] }).toEqual({ route, cache: kept ?? "no-store" });
  }
});

test("nor a refusal: of a host, of what is not there, of an address that can't be read", async () => {
  const { app } = await openGateway();
  for (const [url, host, status] of [
    ["/api/beds", "rebound.example", 421],
    ["/", "localhost", 404],
    ["/api/nothing", "localhost", 404],
    ["/api/beds/nobody", "localhost", 404],
    ["/api/beds/b1/signal?from=1&to=2", "localhost", 503],
    ["/api/beds/b1/signal", "localhost", 400],
    ["/%zz", "localhost", 400],
  ] as const) {
    const { statusCode, headers, body } = await app.inject({ url, headers: { host } });
    expect({ url, statusCode, cache: headers["cache-control"] }).toEqual({
      url,
      statusCode: status,
      cache: "no-store",
    });
    expect(JSON.parse(body)).toHaveProperty("error.code");
  }
});

test("nor anything that a worker answers", async () => {
  const app = workerHealth(
    createMetrics(),
    { trouble: null },
    { isReading: true, readUpToMs: Date.now(), lag: async () => 0 },
  );
  await app.ready();
  const routes = routesOf(app);
  expect(routes).toContain("GET /metrics");
  for (const route of routes) {
    const { statusCode, headers } = await app.inject(route.slice("GET ".length));
    expect({ route, statusCode, cache: headers["cache-control"] }).toEqual({
      route,
      statusCode: 200,
      cache: "no-store",
    });
  }
  await app.close();
});
