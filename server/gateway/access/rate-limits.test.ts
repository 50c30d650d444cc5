import { expect, test } from "vitest";
import { TestClient } from "../../../testing/gateway/client.ts";
import { openGateway } from "../../../testing/gateway/gateway.ts";

const few = { requests: 3, sockets: 2, signIns: 1 };

test("an address that asks too often is told when to ask again, and the process is still seen to be well", async () => {
  const { app } = await openGateway({ rateLimits: few });
  const statuses: number[] = [];
  for (const url of ["/api/beds", "/api/alarms", "/nothing", "/api/ward"])
    statuses.push((await app.inject(url)).statusCode);
  expect(statuses).toEqual([200, 200, 404, 429]);
  const { headers, body } = await app.inject("/api/beds");
  expect(Number(headers["retry-after"])).toBeGreaterThan(0);
  expect(JSON.parse(body)).toMatchObject({ error: { code: "TOO_MANY_REQUESTS" } });
  for (const url of ["/livez", "/readyz", "/metrics"]) expect((await app.inject(url)).statusCode).toBe(200);
  // Another address is another one's.
  expect((await app.inject({ url: "/api/beds", remoteAddress: "192.0.2.7" })).statusCode).toBe(200);
});

test("sockets are counted by themselves, and one that is refused is no connection left open", async () => {
  const { url, app } = await openGateway({ rateLimits: few });
  for (let n = 0; n < 2; n++) await (await TestClient.open(url)).close();
  await expect(TestClient.open(url)).rejects.toThrow("429");
  expect((await app.inject("/api/beds")).statusCode).toBe(200);
});

test("who asks is whom a trusted proxy names; what another sender says of itself counts for nothing", async () => {
  const asking = (app: Awaited<ReturnType<typeof openGateway>>["app"]) => async (client: string) =>
    (await app.inject({ url: "/api/beds", headers: { "x-forwarded-for": client } })).statusCode;
  const behind = asking(
    (await openGateway({ rateLimits: { ...few, requests: 1 }, trustedProxies: ["127.0.0.1"] })).app,
  );
  expect([await behind("192.0.2.1"), await behind("192.0.2.2"), await behind("192.0.2.1")]).toEqual([200, 200, 429]);
  const open = asking((await openGateway({ rateLimits: { ...few, requests: 1 } })).app);
  expect([await open("192.0.2.1"), await open("192.0.2.2")]).toEqual([200, 429]);
});
