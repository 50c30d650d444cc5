import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Bus } from "../../../bus/bus.ts";
import type { Bed } from "../../../contracts/socket.ts";
import { HEADERS, TOPICS } from "../../../contracts/topics.ts";
import { createFakeClassifier } from "../../../testing/model/fake-classifier.ts";
import { TestClient } from "../../../testing/gateway/client.ts";
import { openBus, openGateway, until } from "../../../testing/gateway/gateway.ts";
import {
  beatAt,
  beatMessage,
  conditionAt,
  conditionMessage,
  frameAt,
  frameMessage,
} from "../../../testing/gateway/messages.ts";
import { runPipeline } from "../../pipeline/pipeline.ts";

const SECOND = 1000;
const MESSAGE = "firstSample is 4000000000000000, 22222222222.2 h ahead of the epoch's 50: begin another epoch";

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: 1.7e12 }));
afterEach(() => void vi.useRealTimers());

/** Lets the gateway's clock go on. */
const pass = (ms: number): void => void vi.setSystemTime(Date.now() + ms);

/** Waits until the gateway has had what was published. */
async function delivered(): Promise<void> {
  for (let n = 0; n < 5; n++) await new Promise((resolve) => setImmediate(resolve));
}

const deadLetter = (key: string, offset: number, message = MESSAGE) => ({
  topic: TOPICS.deadLetter,
  key,
  value: Uint8Array.of(1, 2, 3),
  headers: {
    [HEADERS.errorCode]: "BAD_FRAME",
    [HEADERS.errorMessage]: message,
    [HEADERS.source]: `${TOPICS.frames}/0/${offset}`,
  },
});

const bedsOf = async (url: string): Promise<Bed[]> =>
  ((await (await fetch(`${url}/api/beds`)).json()) as { beds: Bed[] }).beds;

const reasonOf = async (url: string, name: string): Promise<string | null | undefined> => {
  const bed = (await bedsOf(url)).find(({ bed }) => bed === name);
  return bed?.unmonitored ? bed.unmonitored.reason : bed && null;
};

/** A bed's frames for so many seconds of the gateway's clock, each refused. The bus has one partition. */
async function sendRefused(bus: Bus, bed: string, from: number, seconds: number): Promise<void> {
  for (let n = from; n < from + 5 * seconds; n++) {
    pass(200);
    await bus.publish([frameMessage(frameAt(bed, n))]);
    await bus.publish([deadLetter(bed, n)]);
    await delivered();
  }
}

test("a bed whose frames are refused is said not to be monitored, with the reason, until a worker speaks of it", async () => {
  const bus = await openBus(1);
  const { url } = await openGateway({ bus });
  const client = await TestClient.open(url);
  await client.subscribe({ topics: ["beats"] });
  await bus.publish([beatMessage(beatAt("b1", 1))]);
  await sendRefused(bus, "b1", 0, 10);
  await until(async () => (await reasonOf(url, "b1")) === "refused");
  const [bed] = await bedsOf(url);
  expect(bed).toMatchObject({
    lastFrameMs: expect.any(Number),
    heartRate: { bpm: null, reason: "not-monitored" },
    quality: null,
    unmonitored: { code: "BAD_FRAME", message: MESSAGE, count: 50 },
  });
  const detail = await (await fetch(`${url}/api/beds/b1`)).json();
  expect(detail).toMatchObject({ bed: { unmonitored: { reason: "refused" } } });
  await until(() => client.bedChanges.length === 1);
  expect((await (await TestClient.open(url)).subscribe()).beds[0].unmonitored?.reason).toBe("refused");

  await bus.publish([beatMessage(beatAt("b1", 2400))]);
  await until(async () => (await reasonOf(url, "b1")) === null);
  await until(() => client.bedChanges.length === 2);
  expect(client.bedChanges.map(({ unmonitored }) => unmonitored?.reason ?? null)).toEqual(["refused", null]);
  expect(client.bedChanges[1].heartRate?.bpm).toBe(75);
});

test("a bed of which only refusals are known is listed, and forgotten when they cease", async () => {
  const bus = await openBus(1);
  const { url } = await openGateway({ bus });
  const client = await TestClient.open(url);
  await client.subscribe();
  await bus.publish([deadLetter("b7", 3)]);
  await until(async () => (await reasonOf(url, "b7")) === "refused");
  expect((await bedsOf(url))[0]).toMatchObject({ bed: "b7", lastFrameMs: null, leads: [] });
  await until(() => client.bedChanges.length === 1);
  pass(301 * SECOND);
  expect(await bedsOf(url)).toEqual([]);
  await until(() => client.bedChanges.length === 2);
  expect(client.bedChanges[1]).toMatchObject({ bed: "b7", lastFrameMs: null, unmonitored: null });
});

test("names that are made up fill nothing, and what is no name is not listed", async () => {
  const bus = await openBus(1);
  const { url } = await openGateway({ bus });
  await bus.publish([frameMessage(frameAt("b1", 0))]);
  const bad = ["", "<img src=x>", "../etc", "b 1", "x".repeat(65), "\u0000", "б1", "-b"];
  for (let n = 0; n < 3000; n++) await bus.publish([deadLetter(n % 2 ? `forged-${n}` : bad[n % bad.length], n)]);
  await bus.publish([deadLetter("last", 5000, `\u001b[31m${"m".repeat(900_000)}`)]);
  await until(async () => (await reasonOf(url, "last")) === "refused");
  const beds = await bedsOf(url);
  expect(beds.length).toBe(33);
  for (const { bed, unmonitored } of beds) {
    expect(bed).toMatch(/^(b1|last|forged-\d+)$/);
    expect(unmonitored?.message.length ?? 0).toBeLessThanOrEqual(240);
  }
  expect(JSON.stringify(beds)).not.toContain("\\u001b");
  expect((await fetch(`${url}/api/beds`).then((response) => response.text())).length).toBeLessThan(20_000);
});

test("a frame of a bed under another's key is nobody's, here as at a worker", async () => {
  const bus = await openBus(1);
  const { url, metrics } = await openGateway({ bus });
  const worker = runPipeline({ bus, classifier: createFakeClassifier(0), group: "g", credits: 100 });
  await until(async () => (await worker.lag()) !== null);
  const client = await TestClient.open(url);
  await client.subscribe();
  await bus.publish([{ ...frameMessage(frameAt("b1", 0)), key: "b2" }]);
  await until(async () => (await reasonOf(url, "b2")) === "refused");
  expect((await bedsOf(url)).map(({ bed }) => bed)).toEqual(["b2"]);
  expect((await bedsOf(url))[0].unmonitored?.message).toContain("the key must be the bed");
  expect(client.frames).toEqual([]);
  expect((await metrics.skippedMessages.get()).values.map(({ value }) => value)).toEqual([1]);
  await worker.close();
});

test("a bed whose every frame the worker refuses, and the gateway could read, is not shown as monitored", async () => {
  const bus = await openBus(1);
  const { url } = await openGateway({ bus });
  const worker = runPipeline({ bus, classifier: createFakeClassifier(0), group: "g", credits: 100 });
  await until(async () => (await worker.lag()) !== null);
  for (let n = 0; n < 5 * 8; n++) {
    pass(200);
    const frame = frameAt("b1", n);
    const leads = frame.leads.map((lead) => ({ ...lead, name: "ABP", unit: "mmHg" })).slice(0, 1);
    await bus.publish([frameMessage({ ...frame, leads })]);
    await delivered();
  }
  await until(async () => (await reasonOf(url, "b1")) === "refused");
  expect((await bedsOf(url))[0].unmonitored).toMatchObject({
    code: "BAD_FRAME",
    message: expect.stringContaining("mmHg"),
  });
  await worker.close();
});

test("frames of which no worker says anything are of a bed that nobody monitors; one that falls silent so, too", async () => {
  const bus = await openBus(1);
  const { url } = await openGateway({ bus });
  for (let n = 0; n < 5 * 25; n++) {
    pass(200);
    await bus.publish([frameMessage(frameAt("b1", n)), frameMessage(frameAt("b2", n))]);
    if (n % 5 === 0) await bus.publish([beatMessage(beatAt("b2", n * 50))]);
    await delivered();
  }
  await until(async () => (await reasonOf(url, "b1")) === "no-worker");
  expect(await reasonOf(url, "b2")).toBeNull();
  pass(11 * SECOND);
  expect(await reasonOf(url, "b1")).toBe("no-frames");
  expect(await reasonOf(url, "b2")).toBe("no-frames");
  await bus.publish([conditionMessage(conditionAt("b2", "no-data", "begin", 7000))]);
  await until(async () => (await reasonOf(url, "b2")) === null);
});

test("words without end stay out of lists, snapshots and clients", async () => {
  const bus = await openBus(1);
  const { url, metrics } = await openGateway({ bus });
  const client = await TestClient.open(url);
  await client.subscribe();
  const long = "x".repeat(900_000);
  const [lead] = frameAt("b1", 0).leads;
  const frame = (n: number) => frameMessage({ ...frameAt(`b${n}`, 0), leads: [lead, { ...lead, name: "II" }] });
  // As no encoder of this version writes it: lead II's name, field 1 of field 8, is replaced by one of 900,000 characters.
  for (let n = 0; n < 20; n++) await bus.publish([{ ...frame(n), value: withLongName(frame(n).value, long) }]);
  const condition = { ...conditionAt("b1", "asystole", "begin", 1), kind: long };
  for (const data of [condition, { ...condition, kind: "asystole", more: long }, { ...beatAt("b1", 1), more: long }]) {
    const topic = "kind" in data ? TOPICS.conditions : TOPICS.beats;
    await bus.publish([{ topic, key: "b1", value: new TextEncoder().encode(JSON.stringify(data)) }]);
  }
  const source = { [HEADERS.source]: long };
  await bus.publish([{ ...beatMessage(beatAt("b1", 5)), headers: source }]);
  await until(() => client.events.length === 1);
  expect(client.events[0].meta["source"]).toHaveLength(128);
  expect(client.frames).toEqual([]);
  const skipped = (await metrics.skippedMessages.get()).values.map(
    ({ labels, value }) => `${labels["topic"]} ${value}`,
  );
  expect(skipped.sort()).toEqual([`${TOPICS.beats} 1`, `${TOPICS.conditions} 2`, `${TOPICS.frames} 20`]);
  for (const path of ["/api/beds", "/api/beds/b1", "/api/beds/b1/beats"]) {
    expect((await fetch(url + path).then((response) => response.text())).length).toBeLessThan(5000);
  }
});

/** The frame with a lead more: of this name and without samples. */
function withLongName(frame: Uint8Array, name: string): Uint8Array {
  const text = Buffer.from(name);
  const lead = Buffer.concat([Buffer.from([0x0a]), varint(text.length), text]);
  return Buffer.concat([frame, Buffer.from([0x42]), varint(lead.length), lead]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let left = value; ; left >>>= 7) {
    bytes.push(left > 127 ? (left & 127) | 128 : left);
    if (left <= 127) return Buffer.from(bytes);
  }
}
