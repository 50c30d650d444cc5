import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import { decodeFrame } from "../../../contracts/frame.ts";
import { TOPICS } from "../../../contracts/topics.ts";
import { readConfig } from "../../config.ts";
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

test("frames come as bytes as on the bus, beats and conditions as events with source and times", async () => {
  const { bus, url } = await openGateway();
  const client = await TestClient.open(url);
  expect(client.socket.protocol).toBe("bedside.v1");
  const snapshot = await client.subscribe();
  expect(snapshot).toMatchObject({ beds: [], conditions: [], beats: [] });

  const frame = frameMessage(frameAt("b1", 0));
  const headers = { source: "ecg.frames.v1/0/7", "produced-at-ms": "1000", "published-at-ms": "1200.5" };
  await bus.publish([frame]);
  await bus.publish([beatMessage(beatAt("b1", 200), headers)]);
  await bus.publish([conditionMessage(conditionAt("b1", "asystole", "begin", 900))]);
  await until(() => client.frames.length === 1 && client.events.length === 2);
  expect(Buffer.from(frame.value).equals(client.frames[0])).toBe(true);
  expect(decodeFrame(client.frames[0]).bed).toBe("b1");
  const beat = client.events.find(({ topic }) => topic === "beats");
  expect(beat).toMatchObject({ bed: "b1", data: beatAt("b1", 200) });
  expect(beat?.meta).toEqual({
    source: "ecg.frames.v1/0/7",
    producedAtMs: 1000,
    publishedAtMs: 1200.5,
    gatewayAtMs: expect.any(Number),
  });
  expect(client.events.find(({ topic }) => topic === "conditions")?.data).toEqual(
    conditionAt("b1", "asystole", "begin", 900),
  );
});

test("who asks for the gateway's clock is told what it reads, and their own time as they gave it", async () => {
  const { url } = await openGateway();
  const client = await TestClient.open(url);
  client.send({ type: "clock", askedMs: 12.5 });
  await until(() => client.clocks.length === 1);
  expect(client.clocks[0].askedMs).toBe(12.5);
  expect(Math.abs(client.clocks[0].serverTimeMs - Date.now())).toBeLessThan(60_000);
});

test("a client gets the topics and beds it asked for, and may ask for others", async () => {
  const { bus, url } = await openGateway();
  const client = await TestClient.open(url);
  const tell = async (sample: number) => {
    for (const bed of ["b1", "b2"]) {
      await bus.publish([frameMessage(frameAt(bed, sample))]);
      await bus.publish([beatMessage(beatAt(bed, sample))]);
      await bus.publish([conditionMessage(conditionAt(bed, "bradycardia", "begin", sample))]);
    }
  };
  const got = () => client.events.map((event) => `${event.topic} ${event.bed} ${sampleOf(event)}`);

  await client.subscribe({ topics: ["beats"], beds: ["b2"] });
  await tell(1);
  await until(() => client.events.length > 0);
  await client.subscribe({ topics: ["conditions", "frames"], beds: ["b1"] });
  await tell(2);
  await until(() => client.events.length > 1 && client.frames.length > 0);
  await sleep(50);
  expect(got()).toEqual(["beats b2 1", "conditions b1 2"]);
  expect(client.frames.map((bytes) => decodeFrame(bytes).bed)).toEqual(["b1"]);
});

test("a late joiner's snapshot has the beds, each one's last beats, and every open condition from before the gateway's start", async () => {
  const bus = await openBus();
  await bus.publish([
    conditionMessage(conditionAt("b1", "tachycardia", "begin", 100)),
    conditionMessage(conditionAt("b1", "bradycardia", "begin", 150)),
    conditionMessage(conditionAt("b1", "tachycardia", "end", 300, { beginSample: 100 })),
    conditionMessage(conditionAt("b2", "lead-off", "begin", 50)),
  ]);
  await bus.publish(Array.from({ length: 40 }, (_, i) => beatMessage(beatAt("b1", 200 * i))));
  const { url } = await openGateway({ bus });
  await bus.publish([frameMessage(frameAt("b1", 0))]);
  await sleep(50);
  const client = await TestClient.open(url);
  const { beds, conditions, beats } = await client.subscribe();
  expect(beds.map(({ bed }) => bed)).toEqual(["b1", "b2"]);
  expect(conditions.map(({ bed, kind }) => `${bed} ${kind}`)).toEqual(["b1 bradycardia", "b2 lead-off"]);
  expect(beats.map(({ sample }) => sample)).toEqual(Array.from({ length: 30 }, (_, i) => 200 * (i + 10)));
  const narrow = await client.subscribe({ beds: ["b2"] });
  expect(narrow).toMatchObject({ beds: [{ bed: "b2" }], conditions: [{ bed: "b2" }], beats: [] });
});

test("a beat or condition that a restarted worker sends again is told once", async () => {
  const { bus, url } = await openGateway();
  const client = await TestClient.open(url);
  await client.subscribe();
  const begin = conditionMessage(conditionAt("b1", "asystole", "begin", 500));
  await bus.publish([begin]);
  for (const sample of [1, 2, 1, 2, 3]) await bus.publish([beatMessage(beatAt("b1", sample))]);
  await bus.publish([begin, conditionMessage(conditionAt("b1", "asystole", "end", 600, { beginSample: 500 }))]);
  await until(() => client.events.length >= 5);
  await sleep(50);
  const told = (topic: string) => client.events.filter((event) => event.topic === topic).map(sampleOf);
  expect(told("beats")).toEqual([1, 2, 3]);
  expect(told("conditions")).toEqual([500, 600]);
});

test("what the next version says goes on as it said it, and an unknown kind opens a condition", async () => {
  const { bus, url } = await openGateway();
  const client = await TestClient.open(url);
  await client.subscribe();
  const said = (topic: typeof TOPICS.beats | typeof TOPICS.conditions, data: object) =>
    bus.publish([{ topic, key: "b1", value: new TextEncoder().encode(JSON.stringify(data, null, 1)) }]);
  const beat = { ...beatAt("b1", 5), beatClass: "P", trust: { drift: 0.1 } };
  const condition = { ...conditionAt("b1", "asystole", "begin", 9), kind: "atrial-flutter", note: "„ü“" };
  await said(TOPICS.beats, beat);
  await said(TOPICS.conditions, condition);
  await until(() => client.events.length === 2);
  expect(client.events.map(({ data }) => data)).toEqual(expect.arrayContaining([beat, condition]));
  const { conditions, beats } = await client.subscribe();
  expect(conditions).toEqual([condition]);
  expect(beats).toEqual([{ ...beat, beatClass: "Q" }]);
});

test("a poisoned message harms none of its neighbours", async () => {
  const { bus, url } = await openGateway();
  const client = await TestClient.open(url);
  await client.subscribe();
  for (const topic of [TOPICS.frames, TOPICS.beats, TOPICS.conditions]) {
    await bus.publish([{ topic, key: "b1", value: new TextEncoder().encode('{"bed":"b1"}') }]);
  }
  await bus.publish([beatMessage(beatAt("b1", 5))]);
  await bus.publish([frameMessage(frameAt("b1", 0))]);
  await until(() => client.events.length === 1 && client.frames.length === 1);
  expect(sampleOf(client.events[0])).toBe(5);
});

test.each([
  ["{", /not JSON/],
  ['{"type":"subscribe"}', /topics/],
  ['{"type":"subscribe","topics":["beats"],"beds":["../etc"]}', /beds/],
  ['{"type":"subscribe","topics":["annotations"],"beds":"*"}', /topics/],
  ['{"type":"hello","topics":["beats"],"beds":"*"}', /type/],
])("%s is answered with an error, the socket stays open", async (text, message) => {
  const { url } = await openGateway();
  const client = await TestClient.open(url);
  client.socket.send(text);
  await until(() => client.errors.length === 1);
  expect(client.errors[0]).toMatchObject({ code: "BAD_MESSAGE", message: expect.stringMatching(message) });
  await client.subscribe();
});

test("who keeps sending nonsense, or asks too often, is closed", async () => {
  const { url } = await openGateway();
  const rude = await TestClient.open(url);
  for (let i = 0; i < 10; i++) rude.socket.send(Buffer.from([1, 2, 3]));
  const greedy = await TestClient.open(url);
  for (let i = 0; i < 30; i++) greedy.send({ type: "subscribe", topics: ["beats"], beds: "*" });
  await until(() => rude.closed !== null && greedy.closed !== null);
  expect(rude.closed).toEqual({ code: 1008, reason: "too many or bad messages" });
  expect(rude.errors.length).toBeLessThan(10);
  expect(greedy.closed?.code).toBe(1008);
  expect(greedy.snapshots.length).toBeLessThanOrEqual(21);
});

test("an oversized message closes the socket", async () => {
  const { url } = await openGateway();
  const client = await TestClient.open(url);
  client.socket.send("x".repeat(17 * 1024));
  await until(() => client.closed !== null);
  expect(client.closed?.code).toBe(1009);
});

test("pages of other origins are refused, the gateway's own, listed ones and programs are not", async () => {
  const config = readConfig({
    PORT: "0",
    LOG_LEVEL: "silent",
    ALLOWED_ORIGINS: "https://ward.example, http://b.example/",
  });
  const { url } = await openGateway({ config });
  for (const origin of [
    "https://evil.example",
    "null",
    "https://ward.example.evil.example",
    url.replace("127", "128"),
  ]) {
    await expect(TestClient.open(url, { origin })).rejects.toThrow("403");
  }
  for (const origin of [url, "https://ward.example", "http://b.example"]) {
    await (await TestClient.open(url, { origin })).close();
  }
});

test("the subprotocol is required", async () => {
  const { url } = await openGateway();
  await expect(TestClient.open(url, { protocol: "bedside.v0" })).rejects.toThrow("400");
  const bare = new WebSocket(`${url.replace("http", "ws")}/ws`);
  await expect(new Promise((_, reject) => bare.on("error", reject))).rejects.toThrow("400");
});

test("/ws without an upgrade says so; an upgrade elsewhere is closed", async () => {
  const { app, url } = await openGateway();
  const response = await app.inject("/ws");
  expect(response.statusCode).toBe(426);
  expect(response.json()).toMatchObject({ error: { code: "UPGRADE_REQUIRED" } });
  const nowhere = new WebSocket(`${url.replace("http", "ws")}/elsewhere`, "bedside.v1");
  await expect(new Promise((_, reject) => nowhere.on("error", reject))).rejects.toThrow("404");
});

test("there is a limit to clients", async () => {
  const { app, url } = await openGateway({ config: readConfig({ PORT: "0", LOG_LEVEL: "silent", MAX_SOCKETS: "2" }) });
  const first = await TestClient.open(url);
  await TestClient.open(url);
  await expect(TestClient.open(url)).rejects.toThrow("503");
  expect((await app.inject("/metrics")).body).toContain("bedside_socket_refused_total 1\n");
  await first.close();
  await until(async () => (await TestClient.open(url).catch(() => null)) !== null);
});

test("a client that answers no ping is cut off, one that does stays", async () => {
  const { app, url } = await openGateway({ limits: { heartbeat: { everyMs: 20, missedPongs: 2 } } });
  const alive = await TestClient.open(url);
  const mute = await TestClient.open(url, { autoPong: false });
  await until(() => mute.closed !== null);
  expect(mute.closed?.code).toBe(1006);
  expect((await app.inject("/metrics")).body).toContain('bedside_socket_evictions_total{code="1006"} 1\n');
  await sleep(100);
  expect(alive.closed).toBeNull();
});
