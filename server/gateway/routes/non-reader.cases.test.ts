import { once } from "node:events";
import { createConnection } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import type { Bus } from "../../../bus/bus.ts";
import { sampleOf, TestClient } from "../../../testing/gateway/client.ts";
import { openBus, openGateway, until } from "../../../testing/gateway/gateway.ts";
import {
  beatAt,
  beatMessage,
  conditionAt,
  conditionMessage,
  frameAt,
  frameMessage,
} from "../../../testing/gateway/messages.ts";
import { OUTBOX_LIMITS } from "../socket/outbox.ts";

const MIB = 1 << 20;
/** What a client may cost. */
const MOST = 4 * MIB;
const PATIENT = { everyMs: 60_000, missedPongs: 2 };
const IDS = Array.from({ length: 64 }, (_, i) => String(i).padEnd(256, "x"));

/** A condition of 17 KB, another one each time. */
const tellLarge = (bus: Bus, sample: number): Promise<void> =>
  bus.publish([conditionMessage({ ...conditionAt("b1", "ventricular-run", "update", sample), beats: IDS })]);

async function bytesWaiting(url: string): Promise<number> {
  const metrics = await fetch(`${url}/metrics`).then((response) => response.text());
  return Number(/socket_buffered_bytes (\d+)/.exec(metrics)?.[1]);
}

const clientsOf = async (url: string): Promise<number> => {
  const metrics = await fetch(`${url}/metrics`).then((response) => response.text());
  return Number(/socket_clients (\d+)/.exec(metrics)?.[1]);
};

test("20 clients that never read cost no more than 4 MiB each, and are gone", { timeout: 120_000 }, async () => {
  const outbox = { ...OUTBOX_LIMITS, stalledMs: 60_000, farewellMs: 200 };
  const { bus, url } = await openGateway({ limits: { checkEveryMs: 50, heartbeat: PATIENT, outbox } });
  const clients: TestClient[] = [];
  for (let n = 0; n < 20; n++) {
    const client = await TestClient.open(url);
    await client.subscribe();
    client.socket.pause();
    clients.push(client);
  }
  let most = 0;
  for (let sample = 1; (await clientsOf(url)) > 0; sample++) {
    for (let i = 0; i < 20; i++) await tellLarge(bus, 100 * sample + i);
    most = Math.max(most, await bytesWaiting(url));
  }
  expect(most).toBeGreaterThan(20 * MIB);
  expect(most).toBeLessThanOrEqual(20 * MOST);
  for (const client of clients) client.socket.terminate();
});

test("who takes nothing for a while is closed however little waits for it", { timeout: 120_000 }, async () => {
  const outbox = { ...OUTBOX_LIMITS, stalledMs: 300, farewellMs: 100 };
  const { bus, url } = await openGateway({ limits: { checkEveryMs: 20, heartbeat: PATIENT, outbox } });
  const client = await TestClient.open(url);
  await client.subscribe({ topics: ["frames"] });
  client.socket.pause();
  let most = 0;
  for (let n = 0; (await clientsOf(url)) > 0; n++) {
    await bus.publish([frameMessage({ ...frameAt("b1", n, { samples: 50_000 }), samplingRateHz: 10_000 })]);
    most = Math.max(most, await bytesWaiting(url));
  }
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThan(MIB);
});

test("pongs that nobody asked for do not keep a client that reads nothing", async () => {
  const { url } = await openGateway({ limits: { heartbeat: { everyMs: 100, missedPongs: 2 } } });
  const { hostname, port } = new URL(url);
  const socket = createConnection({ host: hostname, port: Number(port) });
  onTestFinished(() => void socket.destroy());
  socket.on("error", () => {});
  socket.write(
    `GET /ws HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\nSec-WebSocket-Protocol: bedside.v1\r\n\r\n",
  );
  await once(socket, "readable");
  await until(async () => (await clientsOf(url)) === 1);
  /** Masked pongs: empty, and of a guessed text. */
  const pongs = [Buffer.from("8a8000000000", "hex"), Buffer.from("8a810000000031", "hex")];
  const timer = setInterval(() => socket.write(Buffer.concat(pongs)), 20);
  onTestFinished(() => clearInterval(timer));
  const closed = new Promise((resolve) => socket.on("close", resolve));
  socket.resume();
  await closed;
  await until(async () => (await clientsOf(url)) === 0);
  expect(socket.destroyed).toBe(true);
});

test("a client that reads and answers stays", async () => {
  const { url } = await openGateway({ limits: { checkEveryMs: 10, heartbeat: { everyMs: 20, missedPongs: 2 } } });
  const client = await TestClient.open(url);
  await client.subscribe();
  await sleep(300);
  expect(client.closed).toBeNull();
});

test("a client that asks for nothing is closed", async () => {
  const { app, url } = await openGateway({ limits: { subscribeWithinMs: 50 } });
  const idle = await TestClient.open(url);
  const busy = await TestClient.open(url);
  await busy.subscribe();
  await until(() => idle.closed !== null);
  expect(idle.closed).toEqual({ code: 1008, reason: "nothing was asked for within 0.05 s" });
  expect((await app.inject("/metrics")).body).toContain('bedside_socket_evictions_total{code="1008"} 1\n');
  await sleep(50);
  expect(busy.closed).toBeNull();
});

test(
  "a slow client gets all that is kept, in order and before what is live, a little at a time",
  { timeout: 120_000 },
  async () => {
    const bus = await openBus(1);
    const { url } = await openGateway({ bus, limits: { heartbeat: PATIENT } });
    const first = await TestClient.open(url);
    const { cursor } = await first.subscribe({ topics: ["frames"] });
    await first.close();
    let told = 0;
    for (; told < 170; told++) await tellLarge(bus, told);
    for (let n = 0; n < 2000; n++) await bus.publish([beatMessage(beatAt("b1", n))]);

    const slow = await TestClient.open(url);
    let got = 0;
    slow.socket.on("message", (data: Buffer) => {
      got += data.length;
      if (got < 1 << 17) return;
      got = 0;
      slow.socket.pause();
      setTimeout(() => slow.socket.resume(), 10);
    });
    await slow.subscribe({ topics: ["beats", "conditions"], since: cursor });
    let most = 0;
    for (const live = told + 30; told < live; told++) {
      await tellLarge(bus, told);
      most = Math.max(most, await bytesWaiting(url));
    }
    await until(() => slow.events.length === told + 2000);
    expect(slow.closed).toBeNull();
    expect(slow.gaps).toEqual([]);
    expect(most).toBeLessThan(MIB);
    const samplesOf = (topic: string) => slow.events.filter((one) => one.topic === topic).map(sampleOf);
    expect(samplesOf("conditions")).toEqual(Array.from({ length: told }, (_, i) => i));
    expect(samplesOf("beats")).toEqual(Array.from({ length: 2000 }, (_, i) => i));
  },
);

test("a snapshot of a full ward is one message that fits, in pieces or not", async () => {
  const bus = await openBus();
  const { url } = await openGateway({ bus });
  for (let bed = 0; bed < 64; bed++) {
    const beats = Array.from({ length: 40 }, (_, i) => beatMessage(beatAt(`b${bed}`, i)));
    await bus.publish([frameMessage(frameAt(`b${bed}`, 0)), ...beats]);
  }
  const of63 = async (): Promise<{ beats?: unknown[] }> => (await fetch(`${url}/api/beds/b63/beats`)).json() as object;
  await until(async () => (await of63()).beats?.length === 40);
  const client = await TestClient.open(url);
  const { beds, beats } = await client.subscribe();
  expect(beds).toHaveLength(64);
  expect(beats).toHaveLength(64 * 30);
});
