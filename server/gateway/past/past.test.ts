import { expect, onTestFinished, test } from "vitest";
import type { Bus, ReceivedMessage, SubscribeOptions, Subscription } from "../../../bus/bus.ts";
import { createMemoryBus } from "../../../bus/memory-bus.ts";
import { beatAt, beatMessage } from "../../../testing/gateway/messages.ts";
import { EVENT_TOPICS } from "../feed/event-topics.ts";
import { Past } from "./past.ts";
import type { Piece } from "./piece.ts";

function openPast(bus: Bus, nextOf: () => number): Past {
  const onError = (error: unknown): void => expect.unreachable(String(error));
  const past = new Past({ bus, group: "test", topics: EVENT_TOPICS, nextOf, onError });
  onTestFinished(() => past.close());
  return past;
}

const offsets = ({ events }: Piece): number[] => events.map(({ offset }) => offset);
const numbers = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

test("a partition comes in pieces, each once for all who want it, whoever asks first and wherever they begin", async () => {
  const bus = createMemoryBus({ partitions: 1 });
  await bus.start();
  let handed = 0;
  const counted: Bus = Object.assign(Object.create(bus) as Bus, {
    partitions: 1,
    subscribe: (options: SubscribeOptions): Promise<Subscription> =>
      bus.subscribe({ ...options, onMessage: (message) => (handed++, options.onMessage(message)) }),
  });
  for (let i = 0; i < 2500; i++) await bus.publish([beatMessage(beatAt("b1", i))]);
  const past = openPast(counted, () => 2500);
  const all = async (from: number): Promise<number[]> => {
    const got: number[] = [];
    for (let at = from; at < 2400;) {
      const piece = await past.read("beats", 0, at, 2400);
      got.push(...offsets(piece).filter((offset) => offset >= at));
      expect(piece.events.length).toBeLessThanOrEqual(1000);
      at = piece.next;
    }
    return got;
  };
  const clients = Array.from({ length: 50 }, (_, i) => all(100 + i));
  for (const [i, got] of (await Promise.all(clients)).entries()) expect(got).toEqual(numbers(100 + i, 2400));
  // 1024 that come before a place was asked for, and what each of the three pieces reads.
  expect(handed).toBeLessThan(1024 + 2 * 2300);
});

/** A bus that hands out what the test says. */
function scripted(): { bus: Bus; sought: number[]; hand: (offset: number, change?: Partial<ReceivedMessage>) => void } {
  const sought: number[] = [];
  let onMessage: SubscribeOptions["onMessage"] = () => {};
  const subscription: Subscription = {
    release: () => {},
    commit: async () => {},
    seek: ({ offset }) => void sought.push(offset),
    inFlight: 0,
    lag: async () => null,
    close: async () => {},
  };
  const subscribe: Bus["subscribe"] = async (options) => {
    ({ onMessage } = options);
    const [topic] = options.topics;
    options.onAssigned?.([{ topic, partition: 0, offset: 0, end: 100 }]);
    return subscription;
  };
  const bus = { partitions: 1, subscribe } as Partial<Bus> as Bus;
  const hand = (offset: number, change: Partial<ReceivedMessage> = {}): void => {
    const { topic, key, value } = beatMessage(beatAt("b1", offset));
    onMessage({ topic, key, value, headers: {}, partition: 0, offset, ...change });
  };
  return { bus, sought, hand };
}

async function openScripted() {
  const { bus, sought, hand } = scripted();
  const reading = openPast(bus, () => 100).read("beats", 0, 10, 14);
  await new Promise((resolve) => setImmediate(resolve));
  expect(sought).toEqual([10]);
  return { reading, sought, hand };
}

test("what was on its way before a place was sought is no hole in what is read there", async () => {
  const { reading, sought, hand } = await openScripted();
  hand(99);
  expect(sought).toEqual([10, 10]);
  hand(100);
  expect(sought).toEqual([10, 10, 10]);
  for (const offset of [8, 9, 10, 11, 11, 12, 13]) hand(offset);
  const piece = await reading;
  expect([offsets(piece), piece.next, piece.missingUpTo]).toEqual([[10, 11, 12, 13], 14, 10]);
  expect(sought.at(-1), "on to the present").toBe(100);
});

test("what comes again in place of what was sought is where the topic goes on", async () => {
  const { reading, hand } = await openScripted();
  for (const offset of [12, 12, 13]) hand(offset);
  const piece = await reading;
  expect([offsets(piece), piece.next, piece.missingUpTo]).toEqual([[12, 13], 14, 12]);
});

test("what cannot be read or is told to nobody is passed over", async () => {
  const { reading, hand } = await openScripted();
  hand(10, { value: Buffer.from("{}") });
  hand(12, { value: Buffer.from("?"), unreadable: "a batch of two" });
  hand(13, { key: "bedside-canary-0" });
  const piece = await reading;
  expect([offsets(piece), piece.next, piece.missingUpTo]).toEqual([[], 14, 10]);
});
