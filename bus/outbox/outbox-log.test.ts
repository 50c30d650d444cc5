import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { TOPICS } from "../../contracts/topics.ts";
import { OutboxLog } from "./outbox-log.ts";
import type { OutboxRecord } from "./record.ts";

const dirs: string[] = [];
afterEach(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true });
});
const newDir = (): string => {
  const dir = mkdtempSync(path.join(tmpdir(), "bedside-outbox-"));
  dirs.push(dir);
  return dir;
};

const recordOf = (number: number, bytes = 100): OutboxRecord => ({
  message: {
    topic: TOPICS.frames,
    key: `b${number % 3}`,
    value: new Uint8Array(bytes).fill(number),
    headers: { n: String(number) },
  },
  atMs: 1000 + number,
});
const numberOf = ({ message }: OutboxRecord): number => Number(message.headers?.["n"]);

async function readAll(log: OutboxLog): Promise<number[]> {
  const numbers: number[] = [];
  for (let batch = await log.next(500); batch; batch = await log.next(500)) {
    numbers.push(...batch.records.map(numberOf));
    await batch.done();
  }
  return numbers;
}

test("what is appended is read once, in order, as it was", async () => {
  const log = await OutboxLog.open({ dir: newDir(), maxBytes: 1 << 20 });
  const records = [
    recordOf(1, 0),
    recordOf(2, 5000),
    { ...recordOf(3), message: { ...recordOf(3).message, headers: { n: "3", ä: "€" } } },
  ];
  await log.append(records);
  expect(log.contents).toMatchObject({ messages: 3, sinceMs: 1001 });
  const batch = await log.next(1 << 20);
  expect(batch?.records).toEqual(records);
  await batch?.done();
  expect(log.contents).toEqual({ messages: 0, bytes: 0, sinceMs: null });
  expect(await log.next(100)).toBeNull();
});

type Step = { readonly append: number } | { readonly read: number; readonly isDone: boolean } | "killed" | "cut off";
const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ append: fc.integer({ min: 1, max: 9 }) }) },
    { weight: 4, arbitrary: fc.record({ read: fc.integer({ min: 1, max: 900 }), isDone: fc.boolean() }) },
    { weight: 1, arbitrary: fc.constant("killed" as const) },
    { weight: 1, arbitrary: fc.constant("cut off" as const) },
  ),
  { maxLength: 40 },
);

test("through any kills, half-written ends and readings that were not finished: nothing is lost, and the order stays", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (all: readonly Step[]) => {
      const options = { dir: newDir(), maxBytes: 1 << 20 };
      let log = await OutboxLog.open(options);
      let [appended, done] = [0, 0];
      for (const step of all) {
        if (step === "killed" || step === "cut off") {
          // Nobody says farewell; a record was under way.
          const last = readdirSync(options.dir)
            .filter((name) => name.endsWith(".log"))
            .toSorted()
            .at(-1);
          if (step === "cut off" && last) appendFileSync(path.join(options.dir, last), Buffer.of(90, 0, 0, 0, 1, 2, 3));
          rmSync(path.join(options.dir, "lock"), { recursive: true });
          log = await OutboxLog.open(options);
        } else if ("append" in step) {
          await log.append(Array.from({ length: step.append }, (_, i) => recordOf(appended + i)));
          appended += step.append;
        } else {
          const batch = await log.next(step.read);
          expect(batch?.records.map(numberOf) ?? []).toEqual(
            Array.from({ length: batch?.records.length ?? 0 }, (_, i) => done + i),
          );
          if (batch && step.isDone) {
            await batch.done();
            done += batch.records.length;
          }
        }
        expect(log.contents.messages).toBe(appended - done);
      }
      expect(await readAll(log)).toEqual(Array.from({ length: appended - done }, (_, i) => done + i));
    }),
    { numRuns: 60 },
  );
});

test("beyond its bound the oldest goes, and how much is known when the rest is read, also by another process", async () => {
  const options = { dir: newDir(), maxBytes: 16_000 };
  const log = await OutboxLog.open(options);
  for (let number = 0; number < 300; number++) await log.append([recordOf(number)]);
  expect(log.contents.bytes).toBeLessThanOrEqual(16_000);
  expect(log.contents.bytes).toBeGreaterThan(14_000);
  await log.close();
  const next = await OutboxLog.open(options);
  const batch = await next.next(500);
  const first = numberOf(batch?.records[0] as OutboxRecord);
  expect(batch?.lost).toEqual({ messages: first, fromMs: 1000, toMs: 1000 + first });
  await batch?.done();
  expect((await next.next(500))?.lost).toBeNull();
  expect(readdirSync(options.dir).filter((name) => name.endsWith(".log")).length).toBeLessThanOrEqual(18);
});

test("what is on its way when its file goes is not counted as lost", async () => {
  const log = await OutboxLog.open({ dir: newDir(), maxBytes: 16_000 });
  await log.append([recordOf(0), recordOf(1)]);
  const batch = await log.next(10_000);
  for (let number = 2; number < 300; number++) await log.append([recordOf(number)]);
  await batch?.done();
  const next = await log.next(10_000);
  expect(next?.lost?.messages).toBe(numberOf(next?.records[0] as OutboxRecord) - 2);
});

test("files that have been read are deleted", async () => {
  const dir = newDir();
  const log = await OutboxLog.open({ dir, maxBytes: 16_000 });
  for (let number = 0; number < 60; number++) await log.append([recordOf(number)]);
  expect(readdirSync(dir).filter((name) => name.endsWith(".log")).length).toBeGreaterThan(5);
  expect(await readAll(log)).toHaveLength(60);
  expect(readdirSync(dir).filter((name) => name.endsWith(".log"))).toHaveLength(1);
});

test("where a disk has lost a record, the rest of its file is lost, which is said; the next file is read", async () => {
  const options = { dir: newDir(), maxBytes: 16_000 };
  const log = await OutboxLog.open(options);
  for (let number = 0; number < 20; number++) await log.append([recordOf(number)]);
  const [first] = readdirSync(options.dir)
    .filter((name) => name.endsWith(".log"))
    .sort();
  truncateSync(path.join(options.dir, first), 250);
  const numbers = [];
  const lost = [];
  for (let batch = await log.next(10_000); batch; batch = await log.next(10_000)) {
    numbers.push(...batch.records.map(numberOf));
    lost.push(batch.lost?.messages ?? 0);
    await batch.done();
  }
  expect(numbers.length + lost.reduce((sum, count) => sum + count, 0)).toBe(20);
  expect(numbers[0]).toBe(0);
  expect(numbers.at(-1)).toBe(19);
});

test("a folder that another process has is refused; one that a process left behind is taken when its lock is stale", async () => {
  const dir = newDir();
  const log = await OutboxLog.open({ dir, maxBytes: 1 << 20 });
  await expect(OutboxLog.open({ dir, maxBytes: 1 << 20, patienceMs: 500 })).rejects.toMatchObject({
    code: "BAD_CONFIG",
  });
  await log.close();
  mkdirSync(path.join(dir, "lock"));
  await (await OutboxLog.open({ dir, maxBytes: 1 << 20 })).close();
});
