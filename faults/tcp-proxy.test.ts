import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { freePort } from "../tools/kafka/ports.ts";
import { TcpProxy } from "./tcp-proxy.ts";

let server: Server;
let proxy: TcpProxy;
let port: number;
/** Of the server's side, in the order in which they came. */
let accepted: Socket[];
let clients: Socket[];

beforeEach(async () => {
  accepted = [];
  clients = [];
  // Says again what it hears, and ends when the other has ended.
  server = createServer((socket) => {
    accepted.push(socket);
    socket.on("error", () => {});
    socket.pipe(socket);
  });
  const targetPort = await freePort(0);
  server.listen(targetPort, "127.0.0.1");
  await once(server, "listening");
  port = await freePort(0);
  proxy = await TcpProxy.listen(port, targetPort);
});

afterEach(async () => {
  for (const client of clients) client.destroy();
  await proxy.close();
  server.close();
});

async function open(): Promise<Socket> {
  const client = connect({ port, host: "127.0.0.1" });
  client.on("error", () => {});
  clients.push(client);
  await once(client, "connect");
  return client;
}

/** Unlike `once`, which an error would reject. */
const closed = (socket: Socket): Promise<void> =>
  new Promise((resolve) => (socket.closed ? resolve() : void socket.once("close", () => resolve())));

/** What the client is sent from now on, once it is so long. */
async function heard(client: Socket, length: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const take = (chunk: Buffer): void => {
    chunks.push(chunk);
    bytes += chunk.length;
  };
  client.on("data", take);
  while (bytes < length) await once(client, "data");
  client.off("data", take);
  return Buffer.concat(chunks);
}

async function echo(client: Socket, text: string): Promise<string> {
  const back = heard(client, text.length);
  client.write(text);
  return String(await back);
}

test("passes on in both directions, to the byte, and ends when an end ends", async () => {
  const client = await open();
  const large = randomBytes(12 << 20);
  const back = heard(client, large.length);
  client.end(large);
  expect(large.equals(await back)).toBe(true);
  await closed(client);
  expect(client.errored).toBeNull();
});

test("delays each direction, and keeps the order", async () => {
  const client = await open();
  expect(await echo(client, "a")).toBe("a");
  proxy.delay(150);
  const back = heard(client, 6);
  const beginMs = performance.now();
  client.write("bcd");
  await sleep(50);
  client.write("efg");
  await once(accepted[0], "data");
  // A timer may be a millisecond early.
  expect(performance.now() - beginMs).toBeGreaterThan(148);
  expect(String(await back)).toBe("bcdefg");
  expect(performance.now() - beginMs).toBeGreaterThan(50 + 2 * 148);
});

test("a reset is told to both ends of every connection, and the next ones pass", async () => {
  const both = [await open(), await open()];
  for (const client of both) await echo(client, "x");
  const errors = [...both, ...accepted].map((socket) => closed(socket).then(() => socket.errored?.message));
  expect(proxy.reset()).toBe(2);
  expect(await Promise.all(errors)).toEqual(Array.from({ length: 4 }, () => expect.stringMatching(/ECONNRESET/)));
  expect(await echo(await open(), "next")).toBe("next");
});

test("half-open: what is open stays, what is begun is accepted, nothing passes; healed, all of it does", async () => {
  const client = await open();
  await echo(client, "x");
  const toClient: string[] = [];
  const toServer: string[] = [];
  client.on("data", (data) => toClient.push(String(data)));
  accepted[0].on("data", (data) => toServer.push(String(data)));
  proxy.halfOpen();
  client.write("to the server");
  accepted[0].write("to the client");
  const second = await open();
  const secondBack = heard(second, 6);
  second.write("second");
  await sleep(300);
  expect([toClient, toServer]).toEqual([[], []]);
  expect(accepted).toHaveLength(1);
  expect([client.closed, accepted[0].closed, second.closed]).toEqual([false, false, false]);
  proxy.heal();
  expect(String(await secondBack)).toBe("second");
  await expect.poll(() => toServer.join("")).toBe("to the server");
  await expect.poll(() => toClient.join("")).toBe("to the clientto the server");
});

test("half-open: an end that goes is told of only when the link is healed", async () => {
  const client = await open();
  await echo(client, "x");
  proxy.halfOpen();
  client.resetAndDestroy();
  await sleep(300);
  expect(accepted[0].closed).toBe(false);
  proxy.heal();
  await closed(accepted[0]);
  expect(accepted[0].errored?.message).toMatch(/ECONNRESET/);
});

test("where nobody listens behind it, a connection is reset", async () => {
  const client = await open();
  await echo(client, "x");
  server.close();
  client.destroy();
  await once(server, "close");
  const late = connect({ port, host: "127.0.0.1" });
  clients.push(late);
  const [error] = (await once(late, "error").catch((reason: unknown) => [reason])) as [Error];
  expect(error.message).toMatch(/ECONNRESET/);
});
