import fc from "fast-check";
import { expect, test } from "vitest";
import { CompactedLog } from "./compacted-log.ts";

const message = (key: string, offset: number, text = String(offset)) => ({
  topic: "ecg.test.v1" as const,
  partition: 0,
  key,
  offset,
  value: Buffer.from(text),
  headers: {},
});

const tombstone = (key: string, offset: number) => ({ ...message(key, offset, ""), isTombstone: true as const });

/** What a reader finds from an offset on, as key/offset. */
function readFrom(log: CompactedLog, offset: number): string[] {
  const found: string[] = [];
  for (let next = log.read(offset); next; next = log.read(next.offset + 1)) found.push(`${next.key}/${next.offset}`);
  return found;
}

test("the last of each key is always found, in order; who has not been handed a message still finds it", () => {
  const appends = fc.array(fc.record({ key: fc.constantFrom("a", "b", "c"), removes: fc.boolean() }), {
    maxLength: 400,
  });
  fc.assert(
    fc.property(appends, fc.nat(400), (all, handed) => {
      const log = new CompactedLog(10_000);
      const last = new Map<string, string>();
      for (const [offset, { key, removes }] of all.entries()) {
        const one = removes ? tombstone(key, offset) : message(key, offset, "");
        expect(log.append(one, Math.min(handed, offset))).toBe(true);
        last.delete(key);
        if (!removes) last.set(key, `${key}/${offset}`);
      }
      const found = readFrom(log, 0);
      expect(found).toEqual(found.toSorted((a, b) => Number(a.split("/")[1]) - Number(b.split("/")[1])));
      expect(found).toEqual(expect.arrayContaining([...last.values()]));
      const notHanded = all.map(({ key }, offset) => `${key}/${offset}`).slice(handed);
      expect(readFrom(log, handed)).toEqual(expect.arrayContaining(notHanded));
    }),
  );
});

test("what is superseded, and what was removed, goes; offsets stay", () => {
  const log = new CompactedLog(1000);
  log.append(tombstone("gone", 0), Infinity);
  log.append(message("stays", 1), Infinity);
  for (let offset = 2; offset < 1000; offset++) log.append(message("changes", offset), Infinity);
  expect(readFrom(log, 0).length).toBeLessThan(100);
  expect(readFrom(log, 0)).toEqual(expect.arrayContaining(["stays/1", "changes/999"]));
  expect(readFrom(log, 0)).not.toContain("gone/0");
  expect(log.read(2)?.offset).toBeGreaterThan(900);
  expect(log.end).toBe(1000);
});

test("of what a slow reader has not been handed, so much waits; then there is no room until it has", () => {
  const log = new CompactedLog(10);
  let offset = 0;
  while (log.append(message("a", offset), 3)) offset++;
  expect(offset).toBeGreaterThanOrEqual(10);
  expect(offset).toBeLessThan(20);
  expect(readFrom(log, 3)[0]).toBe("a/3");
  expect(log.append(message("a", offset), offset)).toBe(true);
});
