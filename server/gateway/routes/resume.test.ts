import fc from "fast-check";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Bus } from "../../../bus/bus.ts";
import { sampleOf, TestClient } from "../../../testing/gateway/client.ts";
import { openBus, openGateway, until } from "../../../testing/gateway/gateway.ts";
import { beatAt, beatMessage, conditionAt, conditionMessage } from "../../../testing/gateway/messages.ts";

const BEDS = ["b1", "b2", "b3", "b4"];

async function tell(bus: Bus, topic: "beats" | "conditions", bed: string, sample: number): Promise<void> {
  if (topic === "beats") await bus.publish([beatMessage(beatAt(bed, sample))]);
  else await bus.publish([conditionMessage(conditionAt(bed, "asystole", "update", sample))]);
}

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

test("a client that comes and goes between gateways gets everything exactly once, in order within a bed", async () => {
  const bus = await openBus();
  const gateways = [await openGateway({ bus }), await openGateway({ bus })];
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
});

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

test("a cursor older than what is kept is told so, and what is kept comes", async () => {
  const bus = await openBus(1);
  for (let i = 0; i < 510; i++) await tell(bus, "beats", "b1", i);
  const { url } = await openGateway({ bus });
  const client = await TestClient.open(url);
  const { cursor } = await client.subscribe();
  const old = cursor.split("~").with(1, "0").join("~");
  const again = await TestClient.open(url);
  await again.subscribe({ since: old });
  await until(() => again.events.length === 500);
  expect(again.gaps).toEqual([{ type: "gap", topic: "beats", bed: null, count: 0, reason: "not-kept" }]);
  expect(sampleOf(again.events[0])).toBe(10);
  expect(again.messages.map((message) => ("type" in message ? message.type : "event")).slice(0, 3)).toEqual([
    "snapshot",
    "gap",
    "event",
  ]);

  const third = await TestClient.open(url);
  await third.subscribe({ since: again.events[0].cursor });
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
