import fc from "fast-check";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import type { Bus } from "../../../bus/bus.ts";
import { createMemoryBus } from "../../../bus/memory-bus.ts";
import { partitionOf } from "../../../bus/shared/partition.ts";
import { sampleOf, TestClient } from "../../../testing/gateway/client.ts";
import { openBus, openGateway, until } from "../../../testing/gateway/gateway.ts";
import { beatAt, beatMessage, conditionAt, conditionMessage } from "../../../testing/gateway/messages.ts";
import { EVENT_TOPICS } from "../feed/event-topics.ts";

const BEDS = ["b1", "b2", "b3", "b4"];

async function tell(bus: Bus, topic: "beats" | "conditions", bed: string, sample: number): Promise<void> {
  if (topic === "beats") await bus.publish([beatMessage(beatAt(bed, sample))]);
  else await bus.publish([conditionMessage(conditionAt(bed, "asystole", "update", sample))]);
}

/** A gateway that remembers next to nothing: almost all that a client missed is on the bus alone. */
const FORGETFUL = EVENT_TOPICS.map((topic) => ({ ...topic, kept: { events: 2, bytes: 1 << 20 } }));

const story = fc.array(
  fc.record({
    topic: fc.constantFrom("beats" as const, "conditions" as const),
    bed: fc.constantFrom(...BEDS),
    /** After this event the client goes, and this many events later it comes back, at this gateway. */
    leaves: fc.boolean(),
    away: fc.integer({ min: 0, max: 6 }),
    gateway: fc.integer({ min: 0, max: 1 }),
  }),
  { minLength: 1, maxLength: 30 },
);

test.each([
  ["what is missed is kept", EVENT_TOPICS],
  ["what is missed is on the bus alone", FORGETFUL],
])(
  "a client that comes and goes between gateways gets everything exactly once, in order within a bed; %s",
  async (_, topics) => {
    const bus = await openBus();
    const gateways = [await openGateway({ bus, topics }), await openGateway({ bus, topics })];
    let sample = 0;
    await fc.assert(
      fc.asyncProperty(story, async (events) => {
        const told: string[] = [];
        const got: string[] = [];
        let client: TestClient | null = await TestClient.open(gateways[0].url);
        let cursor = (await client.subscribe({ topics: ["beats", "conditions"] })).cursor;
        let comesBackAt = 0;
        let at = 0;
        const leave = async (): Promise<void> => {
          if (!client) return;
          const gone = client;
          client = null;
          await gone.close();
          got.push(...gone.events.map((event) => `${event.topic}/${event.bed}/${sampleOf(event)}`));
          cursor = gone.events.at(-1)?.cursor ?? cursor;
        };
        const comeBack = async (gateway: number): Promise<void> => {
          client = await TestClient.open(gateways[gateway].url);
          const snapshot = await client.subscribe({ topics: ["beats", "conditions"], since: cursor });
          expect(snapshot.cursor).toBe(cursor);
          expect(client.gaps).toEqual([]);
        };
        for (const [i, { topic, bed, leaves, away, gateway }] of events.entries()) {
          await tell(bus, topic, bed, ++sample);
          told.push(`${topic}/${bed}/${sample}`);
          if (client && leaves) {
            await leave();
            comesBackAt = i + away;
            at = gateway;
          }
          if (!client && i >= comesBackAt) await comeBack(at);
        }
        if (!client) await comeBack(at);
        await until(() => got.length + (client?.events.length ?? 0) >= told.length);
        await sleep(5);
        await leave();
        expect(got.toSorted()).toEqual(told.toSorted());
        for (const bed of BEDS) {
          for (const topic of ["beats", "conditions"]) {
            const of = (list: string[]) => list.filter((one) => one.startsWith(`${topic}/${bed}/`));
            expect(of(got)).toEqual(of(told));
          }
        }
      }),
      { numRuns: 25 },
    );
  },
);

test("what followed a cursor comes after the snapshot, before what is live, for the topics and beds asked for", async () => {
  const { bus, url } = await openGateway();
  const first = await TestClient.open(url);
  const { cursor } = await first.subscribe();
  for (const bed of ["b1", "b2"]) for (const topic of ["beats", "conditions"] as const) await tell(bus, topic, bed, 10);
  await until(() => first.events.length === 4);
  const second = await TestClient.open(url);
  await second.subscribe({ topics: ["conditions"], beds: ["b2"], since: cursor });
  await tell(bus, "conditions", "b2", 20);
  await until(() => second.events.length === 2);
  expect(second.messages.map((message) => ("type" in message ? message.type : sampleOf(message)))).toEqual([
    "snapshot",
    10,
    20,
  ]);
});

const numbers = (count: number, from = 0): number[] => Array.from({ length: count }, (_, i) => from + i);

/** A gateway that met 510 beats of one bed on the bus, of which it keeps 500, and the cursor before all of them. */
async function openOld(options: Parameters<typeof createMemoryBus>[0] = {}) {
  const bus = createMemoryBus({ partitions: 1, ...options });
  await bus.start();
  onTestFinished(() => bus.close());
  for (let i = 0; i < 510; i++) await tell(bus, "beats", "b1", i);
  const gateway = await openGateway({ bus });
  const client = await TestClient.open(gateway.url);
  const { cursor } = await client.subscribe();
  return { ...gateway, old: cursor.split("~").with(1, "0").join("~") };
}

test("what a gateway keeps no more it reads from the bus, and every cursor on the way continues exactly", async () => {
  const { bus, url, old } = await openOld();
  const client = await TestClient.open(url);
  await client.subscribe({ since: old });
  await tell(bus, "beats", "b1", 510);
  await until(() => client.events.length === 511);
  expect(client.events.map(sampleOf)).toEqual(numbers(511));
  expect(client.gaps).toEqual([]);
  for (const at of [0, 4, 9, 10, 300, 509]) {
    const again = await TestClient.open(url);
    await again.subscribe({ since: client.events[at].cursor });
    await until(() => again.events.length === 510 - at);
    await sleep(5);
    expect(again.events.map(sampleOf)).toEqual(numbers(510 - at, at + 1));
    await again.close();
  }
});

test("what is live of other topics does not wait for what is read from the bus, and its cursor does not pass that by", async () => {
  const { bus, url, old } = await openOld();
  const held = new Promise<void>((resolve) => setTimeout(resolve, 200));
  const { subscribe } = bus;
  bus.subscribe = async (options) => {
    if (options.group.includes("-past-")) await held;
    return subscribe.call(bus, options);
  };
  const client = await TestClient.open(url);
  await client.subscribe({ since: old });
  await tell(bus, "conditions", "b1", 7);
  await until(() => client.events.length > 0);
  const [{ topic, cursor }] = client.events;
  expect(topic).toBe("conditions");
  const again = await TestClient.open(url);
  await again.subscribe({ since: cursor });
  for (const one of [client, again])
    await until(() => one.events.filter((event) => event.topic === "beats").length === 510);
  expect(again.events.map(sampleOf)).toEqual(numbers(510));
});

test("of partitions in which a client has no bed it misses nothing", async () => {
  const bus = await openBus(3);
  for (let i = 0; i < 510; i++) await tell(bus, "beats", "b1", i);
  const { url } = await openGateway({ bus });
  const client = await TestClient.open(url);
  const { cursor } = await client.subscribe();
  const old = cursor.split("~").with(1, "0.0.0").join("~");
  const other = BEDS.find((bed) => partitionOf(bed, 3) !== partitionOf("b1", 3)) ?? "";
  let opened = 0;
  const { subscribe } = bus;
  bus.subscribe = (options) => {
    opened++;
    return subscribe.call(bus, options);
  };
  const again = await TestClient.open(url);
  await again.subscribe({ beds: [other], since: old });
  await tell(bus, "beats", other, 1);
  await until(() => again.events.length === 1);
  expect([opened, again.gaps]).toEqual([0, []]);
});

test("what the bus has no more, either, is told, and what it has comes", async () => {
  const { url, old } = await openOld({ maxMessages: 300 });
  const client = await TestClient.open(url);
  await client.subscribe({ since: old });
  await until(() => client.events.length === 300);
  expect(client.gaps).toEqual([{ type: "gap", topic: "beats", bed: null, count: 0, reason: "not-kept" }]);
  expect(client.events.map(sampleOf)).toEqual(numbers(300, 210));
});

test("a screen shows the present: it is told what is kept, and that there was more", async () => {
  const { url, old } = await openOld();
  const again = await TestClient.open(url);
  await again.subscribe({ since: old, screen: "s1" });
  await until(() => again.events.length === 500);
  expect(again.gaps).toEqual([{ type: "gap", topic: "beats", bed: null, count: 0, reason: "not-kept" }]);
  expect(sampleOf(again.events[0])).toBe(10);
  expect(again.messages.map((message) => ("type" in message ? message.type : "event")).slice(0, 4)).toEqual([
    "snapshot",
    "proof",
    "gap",
    "event",
  ]);

  const third = await TestClient.open(url);
  await third.subscribe({ since: again.events[0].cursor, screen: "s1" });
  await until(() => third.events.length === 499);
  expect(third.gaps, "the gap is told once").toEqual([]);
});

test.each(["nonsense", "kafka~0.0.0~0.0.0", "", "~~"])("the cursor %j of another log is told so", async (since) => {
  const { bus, url } = await openGateway();
  const client = await TestClient.open(url);
  const snapshot = await client.subscribe({ topics: ["frames", "conditions"], since });
  expect(snapshot.cursor).not.toBe(since);
  await until(() => client.gaps.length === 1);
  expect(client.gaps).toEqual([{ type: "gap", topic: "conditions", bed: null, count: 0, reason: "not-kept" }]);
  await tell(bus, "conditions", "b1", 1);
  await until(() => client.events.length === 1);
});

test("a cursor beyond the end of the bus is of another time", async () => {
  const { url } = await openGateway();
  const client = await TestClient.open(url);
  const { cursor } = await client.subscribe();
  await client.subscribe({ since: cursor.replace(/~0/, "~zz") });
  await until(() => client.gaps.length === 2);
  expect(client.gaps.map(({ topic, reason }) => `${topic} ${reason}`)).toEqual([
    "beats not-kept",
    "conditions not-kept",
  ]);
});
