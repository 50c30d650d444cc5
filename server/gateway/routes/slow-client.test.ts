import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { createMemoryBus } from "../../../bus/memory-bus.ts";
import type { Condition } from "../../../contracts/condition.ts";
import { sampleOf, TestClient } from "../../../testing/gateway/client.ts";
import { OUTBOX_LIMITS } from "../socket/outbox.ts";
import { openGateway, until } from "../../../testing/gateway/gateway.ts";
import {
  beatAt,
  beatMessage,
  conditionAt,
  conditionMessage,
  frameAt,
  frameMessage,
} from "../../../testing/gateway/messages.ts";

/** A frame of 5 s. */
const SAMPLES = 50_000;
const RATE_HZ = 10_000;
const PATIENT = { everyMs: 60_000, missedPongs: 2 };

/** As large as one may be, about 17 KB. */
const largeCondition = (sample: number): Condition => ({
  ...conditionAt("b1", "ventricular-run", "update", sample),
  beats: Array.from({ length: 64 }, () => "x".repeat(256)),
});

test("a slow client misses whole frames and is told how many, but no beat", async () => {
  const { app, bus, url } = await openGateway({ limits: { checkEveryMs: 50, heartbeat: PATIENT } });
  const client = await TestClient.open(url);
  await client.subscribe();
  client.socket.pause();
  const dropped = async (): Promise<number> =>
    Number(/socket_dropped_frames_total (\d+)/.exec((await app.inject("/metrics")).body)?.[1]);

  let sent = 0;
  while ((await dropped()) < 10) {
    await bus.publish([frameMessage({ ...frameAt("b1", sent, { samples: SAMPLES }), samplingRateHz: RATE_HZ })]);
    await bus.publish([beatMessage(beatAt("b1", sent))]);
    sent++;
  }
  client.socket.resume();
  for (; client.gaps.length === 0; sent++) {
    await bus.publish([frameMessage({ ...frameAt("b1", sent, { samples: SAMPLES }), samplingRateHz: RATE_HZ })]);
    await bus.publish([beatMessage(beatAt("b1", sent))]);
  }
  await until(() => client.events.length === sent);
  const toldOf = (): number => client.gaps.reduce((sum, { count }) => sum + count, 0);
  await until(() => client.frames.length + toldOf() === sent);

  expect(client.gaps[0]).toMatchObject({ topic: "frames", bed: "b1", reason: "slow-client" });
  expect(toldOf()).toBe(await dropped());
  expect(client.events.map(sampleOf)).toEqual(Array.from({ length: sent }, (_, i) => i));
});

test("a client too slow even for conditions is closed, and comes back with its cursor", async () => {
  const { app, bus, url } = await openGateway({
    limits: { outbox: { ...OUTBOX_LIMITS, enter: 1000, exit: 500, close: 20_000 } },
  });
  const publish = (sample: number): Promise<void> => {
    return bus.publish([conditionMessage(largeCondition(sample))]);
  };
  const client = await TestClient.open(url);
  await client.subscribe({ topics: ["conditions"] });
  client.socket.pause();
  const waiting = async (): Promise<number> => {
    const metrics = await fetch(`${url}/metrics`).then((response) => response.text());
    return Number(/socket_buffered_bytes (\d+)/.exec(metrics)?.[1]);
  };
  let published = 0;
  while ((await waiting()) === 0) await publish(published++);
  for (let more = 0; more < 50; more++) await publish(published++);
  client.socket.resume();
  await until(() => client.closed !== null);
  expect(client.closed).toEqual({ code: 1013, reason: "too slow: come back with the last cursor" });
  expect((await app.inject("/metrics")).body).toContain('bedside_socket_evictions_total{code="1013"} 1\n');

  const got = client.events.map(sampleOf);
  expect(got.length).toBeLessThan(published);
  let since = client.events.at(-1)?.cursor;
  while (got.length < published) {
    const again = await TestClient.open(url);
    await again.subscribe({ topics: ["conditions"], ...(since === undefined ? {} : { since }) });
    await until(() => again.closed !== null || got.length + again.events.length === published);
    expect(again.gaps).toEqual([]);
    got.push(...again.events.map(sampleOf));
    since = again.events.at(-1)?.cursor ?? since;
    await again.close();
  }
  expect(got).toEqual(Array.from({ length: published }, (_, i) => i));
});

test("who comes back to 20 MB and takes none of it costs far less, is closed, and nobody else notices", async () => {
  const bus = createMemoryBus({ partitions: 1, maxBytes: 64 << 20 });
  await bus.start();
  onTestFinished(() => bus.close());
  const publish = (sample: number): Promise<void> => bus.publish([conditionMessage(largeCondition(sample))]);
  const stood = 1100;
  for (let i = 0; i < stood; i++) await publish(i);
  const outbox = { ...OUTBOX_LIMITS, stalledMs: 1500, farewellMs: 200 };
  const { app, url } = await openGateway({ bus, limits: { checkEveryMs: 50, heartbeat: PATIENT, outbox } });
  const metrics = async (): Promise<string> => (await app.inject("/metrics")).body;
  const other = await TestClient.open(url);
  const { cursor } = await other.subscribe({ topics: ["conditions"] });
  const since = cursor.replace(/~[^~.]+/g, "~0");

  const slow = await TestClient.open(url);
  await slow.subscribe({ topics: ["conditions"], since });
  slow.socket.pause();
  let most = 0;
  let published = stood;
  for (let now = await metrics(); now.includes('evictions_total{code="1013"} 0\n'); now = await metrics()) {
    most = Math.max(most, Number(/socket_buffered_bytes (\d+)/.exec(now)?.[1]));
    if (published < stood + 20) await publish(published++);
    await sleep(10);
  }
  expect(most).toBeLessThan(1 << 20);
  await until(() => other.events.length === published - stood);
  expect(other.events.map(sampleOf)).toEqual(Array.from({ length: published - stood }, (_, i) => stood + i));

  const back = await TestClient.open(url);
  await back.subscribe({ topics: ["conditions"], since });
  await until(() => back.events.length === published);
  expect(back.events.map(sampleOf)).toEqual(Array.from({ length: published }, (_, i) => i));
  expect(back.gaps).toEqual([]);
});
