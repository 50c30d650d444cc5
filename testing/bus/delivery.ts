import { expect, test, vi } from "vitest";
import { type TopicName, TOPICS } from "../../contracts/topics.ts";
import { MAX_MESSAGE_BYTES } from "../../bus/shared/arguments.ts";
import type { Bus } from "../../bus/bus.ts";
import { partitionOf } from "../../bus/shared/partition.ts";
import { numbered, numbers, PATIENCE, read, settle, unique } from "./harness.ts";

/** What one subscriber may expect. */
export function testDelivery(open: () => Promise<Bus>): void {
  test("keeps the order of each key, on the partition its hash names, in every topic", async () => {
    const bus = await open();
    const reader = await read(bus, { group: unique("order"), topics: [TOPICS.frames, TOPICS.beats] });
    const keys = Array.from({ length: 10 }, () => unique("bed"));
    for (let i = 0; i < 20; i++) {
      const messages = (topic: TopicName) => keys.flatMap((key) => numbered(key, 1, i, topic));
      await bus.publish([...messages(TOPICS.frames), ...messages(TOPICS.beats)]);
    }
    await vi.waitFor(() => expect(reader.messages).toHaveLength(400), PATIENCE);
    for (const key of keys) {
      for (const topic of [TOPICS.frames, TOPICS.beats]) {
        const received = reader.messages.filter((message) => message.key === key && message.topic === topic);
        expect(received.map(({ value }) => Buffer.from(value).toString())).toEqual(numbers(20));
        expect(new Set(received.map(({ partition }) => partition))).toEqual(
          new Set([partitionOf(key, bus.partitions)]),
        );
        const offsets = received.map(({ offset }) => offset);
        expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
      }
    }
  });

  test("messages published without waiting keep their order too", async () => {
    const bus = await open();
    const key = unique("bed");
    const reader = await read(bus, { group: unique("pipelined") });
    await Promise.all(Array.from({ length: 300 }, (_, i) => bus.publish(numbered(key, 1, i))));
    expect(await reader.texts(key, 300)).toEqual(numbers(300));
  });

  test("keys, headers and bytes arrive as they were sent", async () => {
    const bus = await open();
    const key = `${unique("bett")}-Ünï`;
    const topic = TOPICS.frames;
    const headers = { "produced-at-ms": "1700000000000", note: "µV – √" };
    const value = Uint8Array.from({ length: 512 }, (_, i) => i & 0xff);
    const reader = await read(bus, { group: unique("bytes") });
    await bus.publish([
      { topic, key, value, headers },
      { topic, key, value: new Uint8Array(0) },
    ]);
    value.fill(0);
    await reader.texts(key, 2);
    const [first, second] = reader.messages.filter((message) => message.key === key);
    expect(first.headers).toEqual(headers);
    expect([...first.value]).toEqual(Array.from({ length: 512 }, (_, i) => i & 0xff));
    expect(second).toMatchObject({ headers: {}, offset: first.offset + 1 });
    expect(second.value).toHaveLength(0);
  });

  test("takes the largest frame and refuses what is larger", async () => {
    const bus = await open();
    const key = unique("bed");
    const reader = await read(bus, { group: unique("large") });
    const tooLarge = { topic: TOPICS.frames, key, value: new Uint8Array(MAX_MESSAGE_BYTES + 1) };
    await expect(bus.publish([tooLarge])).rejects.toMatchObject({ code: "BAD_MESSAGE" });
    await bus.publish([{ topic: TOPICS.frames, key, value: new Uint8Array(MAX_MESSAGE_BYTES).fill(7) }]);
    const [text] = await reader.texts(key, 1);
    expect(text).toHaveLength(MAX_MESSAGE_BYTES);
  });

  test("hands out no more than the credits, and goes on when they come back", async () => {
    const bus = await open();
    const key = unique("bed");
    const seen: number[] = [];
    const reader = await read(bus, {
      group: unique("credits"),
      credits: 3,
      onMessage: () => seen.push(reader.subscription.inFlight),
    });
    await bus.publish(numbered(key, 10));
    await reader.texts(key, 3);
    await settle();
    expect(seen).toEqual([1, 2, 3]);
    reader.subscription.release(2);
    expect(await reader.texts(key, 5)).toEqual(numbers(5));
    await settle();
    expect(seen).toEqual([1, 2, 3, 2, 3]);
    for (let given = 5; given < 10; given++) {
      reader.subscription.release(1);
      await reader.texts(key, given + 1);
    }
    expect(Math.max(...seen)).toBe(3);
    expect(() => reader.subscription.release(4)).toThrow(/release\(4\) while 3/);
  });

  test("goes back to an offset while running, and redelivers from there", async () => {
    const bus = await open();
    const key = unique("bed");
    const reader = await read(bus, { group: unique("rewind") });
    await bus.publish(numbered(key, 8));
    await reader.texts(key, 8);
    const { topic, partition, offset } = reader.messages.filter((message) => message.key === key)[5];
    reader.subscription.seek({ topic, partition, offset });
    expect((await reader.texts(key, 11)).slice(8)).toEqual(numbers(3, 5));
    await bus.publish(numbered(key, 1, 8));
    expect((await reader.texts(key, 12)).at(-1)).toBe("8");
  });

  test("a rewind in the middle of what was fetched skips the rest of it", async () => {
    const bus = await open();
    const key = unique("bed");
    const reader = await read(bus, { group: unique("rewind"), credits: 4 });
    await bus.publish(numbered(key, 8));
    await reader.texts(key, 4);
    const { topic, partition, offset } = reader.messages[1];
    reader.subscription.seek({ topic, partition, offset });
    reader.subscription.release(4);
    expect(await reader.texts(key, 8)).toEqual(["0", "1", "2", "3", "1", "2", "3", "4"]);
  });

  test("lag counts what is behind each partition's end; who has no partition has none", async () => {
    const bus = await open();
    const key = unique("bed");
    const reader = await read(bus, { group: unique("lag"), credits: 1 });
    expect(await reader.subscription.lag()).toBe(0);
    const before = await bus.ends(TOPICS.frames);
    await bus.publish(numbered(key, 5));
    const after = await bus.ends(TOPICS.frames);
    expect(after.map((end, partition) => end - before[partition])).toEqual(
      Array.from({ length: bus.partitions }, (_, i) => (i === partitionOf(key, bus.partitions) ? 5 : 0)),
    );
    await reader.texts(key, 1);
    expect(await reader.subscription.lag()).toBe(4);
    await reader.subscription.close();
    expect(await reader.subscription.lag()).toBeNull();
  });

  test("onMessage that throws ends the subscription with an error", async () => {
    const bus = await open();
    const key = unique("bed");
    const reader = await read(bus, {
      group: unique("throws"),
      onMessage: () => {
        throw new Error("does not like it");
      },
    });
    await bus.publish(numbered(key, 3));
    await vi.waitFor(() => expect(reader.errors).toHaveLength(1), PATIENCE);
    expect(reader.errors[0].message).toMatch(/onMessage threw: does not like it/);
    await settle();
    expect(reader.messages).toHaveLength(1);
  });

  test("after close no message is handed out, and publishing is refused", async () => {
    const bus = await open();
    const key = unique("bed");
    const reader = await read(bus, { group: unique("close"), credits: 2 });
    await bus.publish(numbered(key, 6));
    await reader.texts(key, 2);
    const closed = reader.subscription.close();
    reader.subscription.release(2);
    await closed;
    await settle();
    expect(reader.messages).toHaveLength(2);
    await bus.close();
    await bus.close();
    await expect(bus.publish(numbered(key, 1))).rejects.toMatchObject({ code: "BUS_CLOSED" });
    await expect(read(bus, { group: unique("closed") })).rejects.toMatchObject({ code: "BUS_CLOSED" });
  });

  test("a subscription without credits or topics is refused", async () => {
    const bus = await open();
    const group = unique("wrong");
    await expect(read(bus, { group, credits: 0 })).rejects.toMatchObject({ code: "BAD_ARGUMENT" });
    await expect(read(bus, { group, topics: [] })).rejects.toMatchObject({ code: "BAD_ARGUMENT" });
    await expect(read(bus, { group, from: -1 })).rejects.toMatchObject({ code: "BAD_ARGUMENT" });
  });
}
