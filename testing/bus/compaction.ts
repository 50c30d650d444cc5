import { expect, test, vi } from "vitest";
import type { Bus } from "../../bus/bus.ts";
import { BUS_TOPICS, type BusTopic } from "../../contracts/topics.ts";
import { openTopicTail } from "../../server/topic-tail.ts";
import { numbered, numbers, PATIENCE, read, textOf, unique } from "./harness.ts";

/** A topic of which the last message of each key stays. */
const COMPACTED: BusTopic = {
  name: "ecg.compacted.v1",
  cleanup: { policy: "compact" },
  compression: "producer",
};

export const WITH_COMPACTED: readonly BusTopic[] = [...BUS_TOPICS, COMPACTED];

/** What a reader of a compacted topic may expect: when the rest goes is the bus's own affair. */
export function testCompaction(open: () => Promise<Bus>): void {
  test("of a compacted topic, who comes late finds the last of each key, and that one was removed", async () => {
    const bus = await open();
    const [kept, removed, emptied] = [unique("kept"), unique("removed"), unique("emptied")];
    const topic = COMPACTED.name;
    for (let i = 0; i < 100; i++) {
      await bus.publish([kept, removed, emptied].flatMap((key) => numbered(key, 1, i, topic)));
    }
    await bus.publish([{ topic, key: removed, value: new Uint8Array(0), isTombstone: true }]);
    await bus.publish([{ topic, key: emptied, value: new Uint8Array(0) }]);
    await bus.publish(numbered(kept, 1, 100, topic));
    const reader = await read(bus, { group: unique("late"), topics: [topic], from: "earliest" });
    const lastOf = (key: string): string | undefined =>
      reader.messages
        .filter((one) => one.key === key)
        .map(textOf)
        .at(-1);
    await vi.waitFor(() => expect(lastOf(kept)).toBe("100"), PATIENCE);
    await vi.waitFor(() => expect(lastOf(removed) ?? "").toBe(""), PATIENCE);
    // An empty value is one, and stays; where the tombstone is still there, it is none.
    await vi.waitFor(() => expect(lastOf(emptied)).toBe(""), PATIENCE);
    const last = (key: string) => reader.messages.findLast((one) => one.key === key);
    expect(last(emptied)?.isTombstone).toBeUndefined();
    expect(last(removed)?.isTombstone ?? true).toBe(true);
  });

  test("a compacted topic is read to its end, from all its partitions, while a group of another goes on", async () => {
    const bus = await open();
    const topic = COMPACTED.name;
    const assigned: number[] = [];
    const group = unique("group");
    const reader = await read(bus, { group, onAssigned: (partitions) => assigned.push(partitions.length) });
    const keys = Array.from({ length: 40 }, () => unique("bed"));
    const write = (text: number) => bus.publish(keys.flatMap((key) => numbered(key, 1, text, topic)));
    for (let text = 0; text < 20; text++) await write(text);
    for (let round = 0; round < 3; round++) {
      await bus.publish(numbered(keys[0], 10, 10 * round));
      const last = new Map<string, string>();
      const tail = await openTopicTail({
        bus,
        group: unique("tail"),
        topic,
        from: "earliest",
        onMessage: (message) => last.set(message.key, textOf(message)),
        onError: (error) => expect.unreachable(error.message),
      });
      await tail.caughtUp;
      expect(keys.map((key) => last.get(key))).toEqual(keys.map(() => String(19 + round)));
      await tail.close();
      await write(20 + round);
    }
    expect(await reader.texts(keys[0], 30)).toEqual(numbers(30));
    expect([assigned, reader.errors]).toEqual([[bus.partitions], []]);
  });

  test("who reads a compacted topic as it is written sees every message", async () => {
    const bus = await open();
    const key = unique("live");
    const reader = await read(bus, { group: unique("live"), topics: [COMPACTED.name] });
    for (let i = 0; i < 300; i++) await bus.publish(numbered(key, 1, i, COMPACTED.name));
    expect(await reader.texts(key, 300)).toEqual(numbers(300));
  });
}
