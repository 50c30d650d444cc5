import { expect, test, vi } from "vitest";
import { TOPICS } from "../../contracts/topics.ts";
import type { Bus, Subscription } from "../../bus/bus.ts";
import { partitionOf } from "../../bus/shared/partition.ts";
import { numbered, numbers, PATIENCE, read, settle, textOf, unique, type Reader } from "./harness.ts";

/** What members of one group, and groups beside each other, may expect. */
export function testGroups(open: () => Promise<Bus>): void {
  test("each group gets every message", async () => {
    const bus = await open();
    const key = unique("bed");
    const readers = await Promise.all([read(bus, { group: unique("one") }), read(bus, { group: unique("two") })]);
    await bus.publish(numbered(key, 5));
    for (const reader of readers) expect(await reader.texts(key, 5)).toEqual(numbers(5));
  });

  test("a group begins at the latest, the earliest or the last n", async () => {
    const bus = await open();
    const key = unique("bed");
    await bus.publish(numbered(key, 5));
    const last = await read(bus, { group: unique("last"), from: 2 });
    const earliest = await read(bus, { group: unique("earliest"), from: "earliest" });
    const latest = await read(bus, { group: unique("latest"), from: "latest" });
    await bus.publish(numbered(key, 1, 5));
    expect(await last.texts(key, 3)).toEqual(numbers(3, 3));
    expect(await earliest.texts(key, 6)).toEqual(numbers(6));
    expect(await latest.texts(key, 1)).toEqual(["5"]);
  });

  test("members share the partitions, with the same numbers in every topic, each message once", async () => {
    const bus = await open();
    const group = unique("share");
    const topics = [TOPICS.frames, TOPICS.beats];
    const first = await read(bus, { group, topics });
    expect(first.assigned).toHaveLength(2 * bus.partitions);
    const second = await read(bus, { group, topics });
    const readers = [first, second];
    await vi.waitFor(() => expect(readers.map(({ assigned }) => assigned.length)).toEqual([4, 4]), PATIENCE);
    for (const { assigned } of readers) {
      const ofTopic = (topic: string): number[] =>
        assigned.filter((ref) => ref.topic === topic).map(({ partition }) => partition);
      expect(ofTopic(TOPICS.frames)).toEqual(ofTopic(TOPICS.beats));
    }
    const keys = Array.from({ length: 12 }, () => unique("bed"));
    for (const topic of topics) await bus.publish(keys.flatMap((key) => numbered(key, 2, 0, topic)));
    await vi.waitFor(() => expect(first.messages.length + second.messages.length).toBe(48), PATIENCE);
    await settle();
    expect(first.messages.length + second.messages.length).toBe(48);
    for (const { messages, assigned } of readers) {
      const own = assigned.map(({ topic, partition }) => `${topic}/${partition}`);
      for (const { topic, partition } of messages) expect(own).toContain(`${topic}/${partition}`);
    }
  });

  test("who takes over begins at the committed offset", async () => {
    const bus = await open();
    const group = unique("commit");
    const key = unique("bed");
    const first = await read(bus, { group });
    await bus.publish(numbered(key, 10));
    await first.texts(key, 10);
    await commitAt(first, key, 6);
    await first.subscription.close();
    const second = await read(bus, { group });
    expect(await second.texts(key, 4)).toEqual(numbers(4, 6));
    const partition = partitionOf(key, bus.partitions);
    const begin = second.assigned.find((ref) => ref.partition === partition);
    expect(begin?.offset).toBe(second.messages[0].offset);
  });

  test("a group that committed nothing still begins where its first member did", async () => {
    const bus = await open();
    const group = unique("first");
    const key = unique("bed");
    await bus.publish(numbered(key, 3));
    const first = await read(bus, { group, from: "latest" });
    await first.subscription.close();
    await bus.publish(numbered(key, 2, 3));
    const second = await read(bus, { group, from: "latest" });
    expect(await second.texts(key, 2)).toEqual(numbers(2, 3));
  });

  test("partitions are revoked, and what is committed then counts, before another member has them", async () => {
    const bus = await open();
    const group = unique("revoke");
    const key = unique("bed");
    const events: string[] = [];
    const first: Reader = await read(bus, {
      group,
      onRevoked: async () => {
        events.push("revoking");
        await settle();
        await commitAt(first, key, 2);
        events.push("revoked");
      },
    });
    await bus.publish(numbered(key, 4));
    await first.texts(key, 4);
    const second = await read(bus, { group, onAssigned: () => events.push("assigned") });
    expect(events).toEqual(["revoking", "revoked", "assigned"]);
    await first.subscription.close();
    const texts = (): string[] => [...first.messages.slice(4), ...second.messages].map(textOf);
    await vi.waitFor(() => expect(texts()).toEqual(expect.arrayContaining(numbers(2, 2))), PATIENCE);
    expect(texts()).not.toContain("1");
  });

  test("closing revokes first", async () => {
    const bus = await open();
    const group = unique("closing");
    const key = unique("bed");
    const first: Reader = await read(bus, { group, onRevoked: () => commitAt(first, key, 3) });
    await bus.publish(numbered(key, 4));
    await first.texts(key, 4);
    await first.subscription.close();
    const second = await read(bus, { group });
    expect(await second.texts(key, 1)).toEqual(["3"]);
  });

  test("a commit of a partition that is another member's does nothing", async () => {
    const bus = await open();
    const group = unique("stale");
    const key = unique("bed");
    const first = await read(bus, { group });
    await bus.publish(numbered(key, 4));
    await first.texts(key, 4);
    await first.subscription.close();
    await commitAt(first, key, 4);
    const second = await read(bus, { group });
    expect(await second.texts(key, 4)).toEqual(numbers(4));
  });

  test("messages in flight at a rebalance stay owed until they are released", async () => {
    const bus = await open();
    const group = unique("owed");
    const key = unique("bed");
    const first = await read(bus, { group, credits: 2 });
    await bus.publish(numbered(key, 4));
    await first.texts(key, 2);
    const second = await read(bus, { group });
    const counts: Subscription[] = [first.subscription, second.subscription];
    expect(counts[0].inFlight).toBe(2);
    await second.subscription.close();
    await vi.waitFor(() => expect(first.assigned).toHaveLength(bus.partitions), PATIENCE);
    const before = first.messages.length;
    first.subscription.release(2);
    await vi.waitFor(() => expect(first.messages.length).toBe(before + 2), PATIENCE);
  });
}

/** Commits, on the partition of `key`, that its first `count` messages are done. */
async function commitAt({ messages, subscription }: Reader, key: string, count: number): Promise<void> {
  const { topic, partition, offset } = messages.filter((message) => message.key === key)[count - 1];
  await subscription.commit([{ topic, partition, offset: offset + 1 }]);
}
