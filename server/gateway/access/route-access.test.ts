import { expect, onTestFinished, test } from "vitest";
import { openTestAccess, signIn } from "../../../testing/gateway/access.ts";
import { openBus } from "../../../testing/gateway/gateway.ts";
import { routesOf, wholeGateway } from "../../../testing/gateway/routes.ts";
import { readConfig } from "../../config.ts";
import { createMetrics } from "../../metrics.ts";
import { buildApp } from "../app.ts";
import { accessOf, ROUTE_ACCESS } from "./route-access.ts";

/** The gateway as it is without a built page has one route in the page's place. */
const WITHOUT_PAGE = "GET /";

test("each route of a gateway says who may ask for it, and no row is of a route that is none", async () => {
  const { app } = await wholeGateway();
  const routes = routesOf(app);
  expect(routes.filter((route) => !(route in ROUTE_ACCESS))).toEqual([]);
  expect(Object.keys(ROUTE_ACCESS).filter((route) => !routes.includes(route))).toEqual([WITHOUT_PAGE]);
});

test("what changes something is for operators, but for signing in and what a file's sender alone is told", () => {
  const others = Object.entries(ROUTE_ACCESS).filter(([route, who]) => !route.startsWith("GET") && who !== "operator");
  expect(others.map(([route]) => route).sort()).toEqual([
    "DELETE /api/session",
    "POST /api/classify",
    "POST /api/session",
    "POST /api/ticket",
  ]);
});

test("a route is asked by nobody who is not signed in, nor by a viewer or a program what is an operator's", async () => {
  const { access, bearer } = await openTestAccess();
  const gateway = await wholeGateway({ access });
  const asking = {
    nobody: {},
    viewer: { cookie: await signIn(gateway, "Vera") },
    service: { authorization: `Bearer ${bearer}` },
    operator: { cookie: await signIn(gateway, "Anna") },
  };
  for (const route of routesOf(gateway.app)) {
    const [method, address] = route.split(" ") as ["GET" | "POST" | "DELETE", string];
    const wanted = accessOf(method, address);
    // Whoever asks for this is signed out.
    if (method === "DELETE" || wanted === "socket") continue;
    for (const [who, headers] of Object.entries(asking)) {
      const { statusCode } = await gateway.app.inject({ method, url: address.replace(":bed", "b1"), headers });
      const refusal =
        wanted === "anybody" ? null : who === "nobody" ? 401 : wanted === "operator" && who !== "operator" ? 403 : null;
      if (refusal === null) expect([401, 403], `${who} asks for ${route}`).not.toContain(statusCode);
      else expect({ route, who, statusCode }).toEqual({ route, who, statusCode: refusal });
    }
  }
});

test("a route that has no row is refused to everybody", async () => {
  const { access } = await openTestAccess();
  const app = await buildApp({
    bus: await openBus(),
    config: readConfig({ LOG_LEVEL: "silent" }),
    metrics: createMetrics(),
    model: null,
    clientDir: "/nonexistent",
    onError: () => {},
    access,
  });
  onTestFinished(() => app.close());
  app.get("/api/secrets", () => "what nobody has thought of");
  const cookie = await signIn({ app }, "Anna");
  expect((await app.inject({ url: "/api/secrets", headers: { cookie } })).statusCode).toBe(403);
  expect((await app.inject("/api/secrets")).statusCode).toBe(401);
  // HEAD is asked for as GET.
  expect((await app.inject({ method: "HEAD", url: "/api/beds", headers: { cookie } })).statusCode).toBe(200);
  expect((await app.inject({ method: "HEAD", url: "/api/beds" })).statusCode).toBe(401);
});
