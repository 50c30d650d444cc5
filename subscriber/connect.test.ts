import { expect, onTestFinished, test } from "vitest";
import type { Bus } from "../bus/bus.ts";
import { readConfig } from "../server/config.ts";
import type { AppOptions } from "../server/gateway/app.ts";
import { EVENT_TOPICS } from "../server/gateway/feed/event-topics.ts";
import { TestClient } from "../testing/gateway/client.ts";
import { openBus, openGateway, type TestGateway, until } from "../testing/gateway/gateway.ts";
import { beatAt, beatMessage, conditionAt, conditionMessage } from "../testing/gateway/messages.ts";
import { type Beat, connect, type ConnectOptions, type Gap, type LinkState } from "./index.ts";

const tell = (bus: Bus, sample: number, bed = "b1"): Promise<void> => bus.publish([beatMessage(beatAt(bed, sample))]);
const numbers = (count: number, from = 0): number[] => Array.from({ length: count }, (_, i) => from + i);

/** Another gateway of the same bus at the same address. */
const openAgain = ({ bus, url }: TestGateway, options: Partial<AppOptions> = {}): Promise<TestGateway> =>
  openGateway({ bus, config: readConfig({ PORT: new URL(url).port, LOG_LEVEL: "silent" }), ...options });

/** What a loop was given, as it goes on. */
function collect<T>(stream: AsyncIterable<T> & { close(): void }): {
  readonly items: T[];
  readonly ended: Promise<unknown>;
} {
  const items: T[] = [];
  onTestFinished(() => stream.close());
  const loop = async (): Promise<unknown> => {
    try {
      for await (const item of stream) items.push(item);
      return "ended";
    } catch (error) {
      return error;
    }
  };
  return { items, ended: loop() };
}

const samples = (beats: readonly Beat[]): number[] => beats.map(({ sample }) => sample);

/** A gateway's events, and what resolves when so many of its streams are subscribed. */
function follow(url: string, options: Partial<ConnectOptions> = {}) {
  let live = 0;
  const onState = ({ status }: LinkState): void => void (status === "live" && live++);
  return { bedside: connect({ url, onState, ...options }), isLive: (count = 1) => until(() => live >= count) };
}

test("a loop outlives its gateway: all beats, once, in order", async () => {
  const first = await openGateway();
  const { bedside, isLive } = follow(first.url);
  const { items } = collect(bedside.beats());
  await isLive();
  for (let i = 0; i < 5; i++) await tell(first.bus, i);
  await until(() => items.length === 5);
  await first.app.close();
  for (let i = 5; i < 900; i++) await tell(first.bus, i);
  const second = await openAgain(first);
  await until(() => items.length === 900);
  for (let i = 900; i < 905; i++) await tell(second.bus, i);
  await until(() => items.length === 905);
  expect(samples(items)).toEqual(numbers(905));
});

test("what a worker that takes over tells again is left out, also by a gateway that did not meet it the first time", async () => {
  const first = await openGateway();
  const { bedside, isLive } = follow(first.url);
  const { items } = collect(bedside.beats());
  await isLive();
  for (const i of [1, 2, 3]) await tell(first.bus, i);
  await until(() => items.length === 3);
  await first.app.close();
  for (const i of [2, 3, 4]) await tell(first.bus, i);
  const topics = EVENT_TOPICS.map((topic) => ({ ...topic, gatewayFrom: "latest" as const }));
  const second = await openAgain(first, { topics });
  // As the socket has it, without this package.
  const raw = await TestClient.open(second.url);
  const { cursor } = await raw.subscribe({ topics: ["beats"] });
  await raw.subscribe({ topics: ["beats"], since: cursor.replace(/~[^~]+/, "~0.0.0") });
  await until(() => raw.events.length === 6);
  await until(() => items.length === 4);
  await tell(second.bus, 5);
  await until(() => items.length === 5);
  expect(samples(items)).toEqual([1, 2, 3, 4, 5]);
});

test("a cursor that was kept goes on in another process, and a loop that is left closes its connection", async () => {
  const gateway = await openGateway();
  const { bedside, isLive } = follow(`${gateway.url.replace("http", "ws")}/ws`, { beds: ["b1"] });
  const stream = bedside.beats();
  const told = (async () => {
    await isLive();
    for (let i = 0; i < 10; i++) await tell(gateway.bus, i);
  })();
  let cursor: string | undefined;
  for await (const { sample } of stream) {
    ({ cursor } = stream);
    if (sample === 3) break;
  }
  await told;
  await until(() => gateway.app.websocketServer.clients.size === 0);
  const { items } = collect(connect({ url: gateway.url, since: cursor ?? "" }).beats());
  await until(() => items.length === 6);
  expect(samples(items)).toEqual(numbers(6, 4));
});

test("a loop that takes its time leaves what it has not taken with the gateway, and misses none of it", async () => {
  const COUNT = 12_000;
  const gateway = await openGateway({ bus: await openBus(3) });
  const { bedside, isLive } = follow(gateway.url);
  const stream = bedside.beats();
  const next = stream.next();
  await isLive();
  for (let i = 0; i < COUNT; i++) await tell(gateway.bus, i, `b${i % 3}`);
  // 4096 are waiting: it has left.
  await until(() => gateway.app.websocketServer.clients.size === 0);
  const got = [await next];
  while (got.length < COUNT) got.push(await stream.next());
  const beats = got.flatMap(({ value }) => value ?? []);
  for (const bed of [0, 1, 2]) {
    const own = samples(beats.filter((beat) => beat.bed === `b${bed}`));
    expect(own).toEqual(Array.from({ length: COUNT / 3 }, (_, i) => 3 * i + bed));
  }
  await stream.return();
});

test("several topics in one loop, each with its topic; conditions by themselves", async () => {
  const gateway = await openGateway();
  const { bedside, isLive } = follow(gateway.url);
  const { items } = collect(bedside.events(["beats", "conditions"]));
  const { items: conditions } = collect(bedside.conditions());
  await isLive(2);
  await tell(gateway.bus, 1);
  const asystole = conditionAt("b1", "asystole", "begin", 2);
  await gateway.bus.publish([conditionMessage(asystole)]);
  await until(() => items.length === 2 && conditions.length === 1);
  expect(items.map(({ topic }) => topic).toSorted()).toEqual(["beats", "conditions"]);
  expect(conditions).toEqual([asystole]);
});

test("what is gone for good ends the loop, or is told to who asked for it", async () => {
  const gateway = await openGateway();
  const since = "kafka~0.0.0";
  const { ended } = collect(connect({ url: gateway.url, since }).beats());
  expect(await ended).toMatchObject({ name: "SubscriberError", code: "GAP" });
  const gaps: Gap[] = [];
  const { items } = collect(connect({ url: gateway.url, since, onGap: (gap) => gaps.push(gap) }).beats());
  await until(() => gaps.length === 1);
  await tell(gateway.bus, 1);
  await until(() => items.length === 1);
  expect(gaps).toEqual([{ type: "gap", topic: "beats", bed: null, count: 0, reason: "not-kept" }]);
});

test("a gateway that does not let it in ends the loop; one that is not there is tried again", async () => {
  const gateway = await openGateway({ limits: { clients: 0 } });
  const states: string[] = [];
  const { ended } = collect(connect({ url: `${gateway.url}/api/none` }).beats());
  expect(await ended).toMatchObject({ code: "REFUSED", message: expect.stringContaining("404") });
  const { items } = collect(connect({ url: gateway.url, onState: ({ status }) => states.push(status) }).beats());
  await until(() => states.filter((status) => status === "offline").length === 2);
  await gateway.app.close();
  const again = await openAgain(gateway);
  await until(() => states.at(-1) === "live");
  await tell(again.bus, 7);
  await until(() => items.length === 1);
});
