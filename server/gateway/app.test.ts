import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readConfig } from "../config.ts";
import { openTestAccess } from "../../testing/gateway/access.ts";
import { TestClient } from "../../testing/gateway/client.ts";
import { openBus, openGateway, until } from "../../testing/gateway/gateway.ts";

function builtClient(): string {
  const dir = mkdtempSync(path.join(tmpdir(), "bedside-client-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  mkdirSync(path.join(dir, "assets"));
  writeFileSync(path.join(dir, "index.html"), "<!doctype html><title>Bedside</title>");
  writeFileSync(path.join(dir, "assets", "main-4f2a.js"), "export {};");
  return dir;
}

test("the dashboard: the page is asked for anew, hashed files never again", async () => {
  const { app } = await openGateway({ clientDir: builtClient() });
  const page = await app.inject("/");
  expect(page.body).toContain("<title>Bedside</title>");
  expect(page.headers["cache-control"]).toBe("no-cache");
  const script = await app.inject("/assets/main-4f2a.js");
  expect(script.headers["content-type"]).toContain("javascript");
  expect(script.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
  expect((await app.inject("/../package.json")).statusCode).toBe(404);
  expect((await app.inject("/%2e%2e/package.json")).statusCode).not.toBe(200);
});

test("a dashboard that is not built says how to build it", async () => {
  const { app } = await openGateway();
  const response = await app.inject("/");
  expect(response.statusCode).toBe(404);
  expect(response.json()).toMatchObject({ error: { message: expect.stringContaining("npm run build") } });
});

test("pages run their own scripts alone, in no one's frame", async () => {
  const { app } = await openGateway({ clientDir: builtClient() });
  const { headers } = await app.inject("/");
  const policy = String(headers["content-security-policy"]);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe|upgrade-insecure/);
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["referrer-policy"]).toBe("no-referrer");
  expect(headers["content-type"]).toMatch(/^text\/html; charset=utf-8$/i);
  for (const name of ["strict-transport-security", "server", "x-powered-by"]) expect(headers[name]).toBeUndefined();
});

test("no address leads out of the built page's folder, nor lists it", async () => {
  const clientDir = builtClient();
  writeFileSync(`${clientDir}-secret.txt`, "secret of the inside");
  onTestFinished(() => rmSync(`${clientDir}-secret.txt`));
  const { app } = await openGateway({ clientDir });
  const name = path.basename(clientDir);
  for (const way of ["..", "%2e%2e", "assets/../..", "assets%2f..%2f..", "..%5c", ".%00."]) {
    for (const stroke of ["/", "%2f", "%252f"]) {
      const { statusCode, body } = await app.inject(`/${way}${stroke}${name}-secret.txt`);
      expect([400, 403, 404]).toContain(statusCode);
      expect(body).not.toContain("secret of");
    }
  }
  for (const url of ["/assets", "/assets/", "/.git/config", "/package.json"])
    expect((await app.inject(url)).statusCode).toBe(404);
});

test("what is not there, too large or not understood is a JSON error", async () => {
  const { app } = await openGateway();
  const missing = await app.inject("/api/nothing");
  expect(missing.statusCode).toBe(404);
  expect(missing.json()).toEqual({ error: { code: "NOT_FOUND", message: "nothing at GET /api/nothing" } });
  const large = await app.inject({
    method: "POST",
    url: "/api/beds",
    headers: { "content-type": "application/json" },
    payload: `"${"x".repeat(70_000)}"`,
  });
  expect(large.json()).toHaveProperty("error.code");
  expect(large.statusCode).toBeGreaterThanOrEqual(400);
});

test("what fails inside is told to the log, not to the client", async () => {
  const { app, metrics } = await openGateway();
  metrics.registry.metrics = () => Promise.reject(new Error("secret of the inside"));
  const response = await app.inject("/metrics");
  expect(response.statusCode).toBe(500);
  expect(response.json()).toMatchObject({ error: { code: "INTERNAL" } });
  expect(response.body).not.toContain("secret");
});

test("a host name that is not the gateway's is refused, on HTTP as on /ws", async () => {
  const { app, url } = await openGateway();
  const response = await app.inject({ url: "/api/beds", headers: { host: "rebound.example:8080" } });
  expect(response.statusCode).toBe(421);
  expect(response.json()).toMatchObject({ error: { code: "UNKNOWN_HOST" } });
  await expect(TestClient.open(url, { headers: { host: "rebound.example" } })).rejects.toThrow("421");
});

test("a port in use is one clear error", async () => {
  const { url } = await openGateway();
  const { port } = new URL(url);
  const config = readConfig({ PORT: port, LOG_LEVEL: "silent" });
  await expect(openGateway({ config })).rejects.toMatchObject({
    code: "PORT_IN_USE",
    message: `port ${port} on 127.0.0.1 is in use: stop what listens there, or set PORT (0: any free one)`,
  });
});

test("where others reach it, it does not listen without a sign-in, or a word that none is wanted", async () => {
  const config = readConfig({ HOST: "0.0.0.0", PORT: "0", LOG_LEVEL: "silent" });
  await expect(openGateway({ config })).rejects.toMatchObject({
    code: "BAD_CONFIG",
    message: expect.stringContaining("OPEN_ACCESS=yes"),
  });
  const { access } = await openTestAccess();
  expect((await openGateway({ config, access })).url).toMatch(/^http:/);
});

test("an address that is not this machine's is one clear error", async () => {
  const config = readConfig({ HOST: "192.0.2.1", OPEN_ACCESS: "yes", PORT: "0", LOG_LEVEL: "silent" });
  await expect(openGateway({ config })).rejects.toMatchObject({
    code: "BAD_CONFIG",
    message: 'variable HOST is "192.0.2.1": not an address of this machine',
  });
});

test("closing says goodbye to clients, cuts off who does not answer, and leaves the bus open", async () => {
  const bus = await openBus();
  const { app, url } = await openGateway({ bus });
  const polite = await TestClient.open(url);
  await polite.subscribe();
  const deaf = await TestClient.open(url);
  deaf.socket.pause();
  await app.close();
  await until(() => polite.closed !== null);
  expect(polite.closed).toEqual({ code: 1001, reason: "the gateway is shutting down" });
  await expect(TestClient.open(url)).rejects.toThrow("ECONNREFUSED");
  await expect(bus.ends("ecg.beats.v1")).resolves.toEqual([0, 0, 0]);
});
