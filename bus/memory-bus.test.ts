import { expect, test, vi } from "vitest";
import { TOPICS } from "../contracts/topics.ts";
import { describeBus } from "../testing/bus/conformance.ts";
import { numbered, numbers, read, settle } from "../testing/bus/harness.ts";
import { createMemoryBus } from "./memory-bus.ts";

describeBus("memory", (topics) => createMemoryBus({ partitions: 4, topics }));

test("a subscriber is never called from within publish, release or seek", async () => {
  const bus = createMemoryBus({ partitions: 1 });
  let isInside = false;
  const calls: boolean[] = [];
  const reader = await read(bus, { group: "g", credits: 2, onMessage: () => calls.push(isInside) });
  isInside = true;
  const published = bus.publish(numbered("bed", 3));
  isInside = false;
  await published;
  await reader.texts("bed", 2);
  isInside = true;
  reader.subscription.release(2);
  reader.subscription.seek({ topic: TOPICS.frames, partition: 0, offset: 0 });
  isInside = false;
  await reader.texts("bed", 4);
  expect(calls).toEqual([false, false, false, false]);
});

test("forgets the oldest beyond the number kept; who comes later begins at what is left", async () => {
  const bus = createMemoryBus({ partitions: 1, maxMessages: 3 });
  await bus.publish(numbered("bed", 5));
  const reader = await read(bus, { group: "g", from: "earliest" });
  expect(await reader.texts("bed", 3)).toEqual(numbers(3, 2));
  expect(reader.assigned).toEqual([{ topic: TOPICS.frames, partition: 0, offset: 2, end: 5 }]);
});

test("forgets the oldest beyond the bytes kept, and keeps one message that is larger alone", async () => {
  const bus = createMemoryBus({ partitions: 1, maxBytes: 100 });
  const sizes = [60, 30, 30, 500];
  for (const size of sizes) await bus.publish([{ topic: TOPICS.frames, key: "bed", value: new Uint8Array(size) }]);
  const whole = await read(bus, { group: "g", from: "earliest" });
  await vi.waitFor(() => expect(whole.messages.map(({ value }) => value.length)).toEqual([500]));
});

test("publish waits rather than evict what a subscriber has not been handed", async () => {
  const bus = createMemoryBus({ partitions: 1, maxMessages: 4 });
  const reader = await read(bus, { group: "slow", credits: 2 });
  let isPublished = false;
  const publishing = bus.publish(numbered("bed", 8)).then(() => (isPublished = true));
  await reader.texts("bed", 2);
  await settle();
  expect(isPublished).toBe(false);
  expect(await bus.ends(TOPICS.frames)).toEqual([6]);
  reader.subscription.release(2);
  await publishing;
  reader.subscription.release(2);
  await reader.texts("bed", 6);
  reader.subscription.release(2);
  expect(await reader.texts("bed", 8)).toEqual(numbers(8));
});

test("a subscriber that leaves holds nobody up", async () => {
  const bus = createMemoryBus({ partitions: 1, maxMessages: 2 });
  const reader = await read(bus, { group: "stuck", credits: 1 });
  const publishing = bus.publish(numbered("bed", 10));
  await reader.texts("bed", 1);
  await reader.subscription.close();
  await publishing;
  expect(await bus.ends(TOPICS.frames)).toEqual([10]);
});
