import { connect, type Socket } from "node:net";
import { Agent, get, type IncomingMessage } from "node:http";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { TestClient } from "../../testing/gateway/client.ts";
import { openGateway, until } from "../../testing/gateway/gateway.ts";
import { beatAt, beatMessage } from "../../testing/gateway/messages.ts";

const SHORT = { headersMs: 150, requestMs: 300, idleMs: 300, keepAliveMs: 200, checkMs: 20 };
/** Longer than all of them. */
const LONGER_MS = 1000;

/** A bare connection, and what has come on it. */
function openSocket(url: string): { socket: Socket; got: () => string; isClosed: () => boolean } {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let got = "";
  let isClosed = false;
  socket.on("data", (bytes) => (got += bytes.toString("latin1")));
  socket.on("error", () => {});
  socket.on("close", () => (isClosed = true));
  onTestFinished(() => void socket.destroy());
  return { socket, got: () => got, isClosed: () => isClosed };
}

test.each([
  ["nothing", ""],
  ["half a request", "GET /api/beds HTTP/1.1\r\nHost: localhost\r\nX-Slow: "],
])("a connection on which %s comes is closed, with a 408", async (_name, begin) => {
  const { url } = await openGateway({ connectionLimits: SHORT });
  const { socket, got, isClosed } = openSocket(url);
  socket.write(begin);
  await until(isClosed);
  expect(got()).toMatch(/^HTTP\/1.1 408 /);
});

test("headers a byte at a time do not keep it open, nor a body that does not come", async () => {
  const { url } = await openGateway({ connectionLimits: SHORT });
  const head = "POST /nowhere HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n";
  for (const begin of [head, `${head}\r\n`]) {
    const { socket, isClosed } = openSocket(url);
    socket.write(begin);
    const trickle = setInterval(() => socket.write("x"), 40);
    onTestFinished(() => clearInterval(trickle));
    await until(isClosed);
    expect(socket.destroyed).toBe(true);
  }
});

test("a connection that is kept for further requests is closed when none comes", async () => {
  const { url } = await openGateway({ connectionLimits: SHORT });
  const { socket, got, isClosed } = openSocket(url);
  socket.write("GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await until(isClosed);
  expect(got()).toMatch(/^HTTP\/1.1 200 .*"ok"/s);
});

test("a WebSocket that is quiet for longer than all limits of connections stays open", async () => {
  const { url, bus } = await openGateway({ connectionLimits: SHORT });
  const client = await TestClient.open(url);
  await client.subscribe();
  await sleep(LONGER_MS);
  expect(client.closed).toBeNull();
  await bus.publish([beatMessage(beatAt("b1", 1))]);
  await until(() => client.events.length === 1);
});

test("beyond the limit a client is told so and closed; who watches over the gateway is answered; room is found again", async () => {
  const { url } = await openGateway({ connectionLimits: { connections: 2 } });
  const ask = async (path: string): Promise<{ status: number | undefined; body: string }> => {
    const [response] = (await once(get(`${url}${path}`, { agent: new Agent() }), "response")) as [IncomingMessage];
    return { status: response.statusCode, body: await text(response) };
  };
  const silent = [openSocket(url), openSocket(url)];
  await Promise.all(silent.map(({ socket }) => once(socket, "connect")));
  const refused = await ask("/api/beds");
  expect(refused.status).toBe(503);
  expect(JSON.parse(refused.body)).toEqual({ error: { code: "BUSY", message: "2 connections are open" } });
  expect((await ask("/livez")).status).toBe(200);
  for (const { socket } of silent) socket.destroy();
  await until(async () => (await ask("/api/beds")).status === 200);
});
