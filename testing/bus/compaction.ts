import { expect, test, vi } from "vitest";
import type { Bus } from "../../bus/bus.ts";
import { BUS_TOPICS, type BusTopic } from "../../contracts/topics.ts";
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
    const [kept, removed] = [unique("kept"), unique("removed")];
    const topic = COMPACTED.name;
    for (let i = 0; i < 100; i++) await bus.publish([kept, removed].flatMap((key) => numbered(key, 1, i, topic)));
    await bus.publish([{ topic, key: removed, value: new Uint8Array(0) }]);
    await bus.publish(numbered(kept, 1, 100, topic));
    const reader = await read(bus, { group: unique("late"), topics: [topic], from: "earliest" });
    const lastOf = (key: string): string | undefined =>
      reader.messages
        .filter((one) => one.key === key)
        .map(textOf)
        .at(-1);
    await vi.waitFor(() => expect(lastOf(kept)).toBe("100"), PATIENCE);
    await vi.waitFor(() => expect(lastOf(removed) ?? "").toBe(""), PATIENCE);
  });

  test("who reads a compacted topic as it is written sees every message", async () => {
    const bus = await open();
    const key = unique("live");
    const reader = await read(bus, { group: unique("live"), topics: [COMPACTED.name] });
    for (let i = 0; i < 300; i++) await bus.publish(numbered(key, 1, i, COMPACTED.name));
    expect(await reader.texts(key, 300)).toEqual(numbers(300));
  });
}
