import { expect, test } from "vitest";
import { TOPICS } from "../../contracts/topics.ts";
import { ReadUpTo, RETURN_MS } from "./read-up-to.ts";

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const place = { topic: TOPICS.frames, offset: 5, end: 7 };

test("a partition has been read up to the moment when it was asked how far it goes, once all of that has been received", async () => {
  const ends: number[] = [7, 9];
  const read = new ReadUpTo({ ends: async () => ends }, TOPICS.frames, async () => 1);
  read.assigned([{ ...place, partition: 0 }]);
  read.look(1000);
  await settled();
  expect(read.of(0)).toBeNull();
  read.received({ partition: 0, offset: 6 });
  read.look(2000);
  await settled();
  expect(read.of(0)).toBe(2000);
  // More has come, and was not received.
  ends[0] = 8;
  read.look(3000);
  await settled();
  expect(read.of(0)).toBe(2000);
  expect(read.of(1)).toBeNull();
  read.drop(new Set([0]));
  expect(read.of(0)).toBeNull();
});

test("while the bus does not answer, the moment stays what it was; it is asked once at a time", async () => {
  let asked = 0;
  const answers: ((ends: number[]) => void)[] = [];
  const ends = (): Promise<number[]> => {
    if (++asked === 1) return Promise.reject(new Error("away"));
    return new Promise((resolve) => answers.push(resolve));
  };
  const read = new ReadUpTo({ ends }, TOPICS.frames, async () => 0);
  read.assigned([{ ...place, partition: 0, offset: 7 }]);
  read.look(1000);
  await settled();
  for (const nowMs of [2000, 9000]) read.look(nowMs);
  await settled();
  expect([read.of(0), asked]).toEqual([null, 2]);
  answers[0]([7]);
  await settled();
  expect(read.oldest).toBe(2000);
});

test("for a while after the bus did not answer, nobody can say what its beds have sent: who sends comes back later than it", async () => {
  let isAway = false;
  let answer = (): void => {};
  let late = Promise.resolve();
  const ends = async (): Promise<number[]> => {
    await late;
    if (isAway) throw new Error("away");
    return [7];
  };
  const read = new ReadUpTo({ ends }, TOPICS.frames, async () => 0);
  read.assigned([{ ...place, partition: 0, offset: 7 }]);
  const lookAt = async (nowMs: number): Promise<number | null> => {
    read.look(nowMs);
    await settled();
    return read.of(0);
  };
  expect(await lookAt(1000)).toBe(1000);
  isAway = true;
  // As far as it was known, it is known no more.
  expect(await lookAt(2000)).toBeNull();
  isAway = false;
  expect(await lookAt(3000)).toBeNull();
  expect(read.oldest).toBe(3000);
  expect(await lookAt(2000 + RETURN_MS)).toBe(2000 + RETURN_MS);
  // An answer that comes late is none.
  late = new Promise((resolve) => (answer = resolve));
  for (const nowMs of [20_000, 21_000, 23_000]) await lookAt(nowMs);
  answer();
  await settled();
  expect(await lookAt(24_000)).toBeNull();
  expect(await lookAt(23_000 + RETURN_MS)).toBe(23_000 + RETURN_MS);
});

test("a partition that ends in what is no message has been read when nothing lags", async () => {
  const read = new ReadUpTo({ ends: async () => [8] }, TOPICS.frames, async () => 0);
  read.assigned([{ ...place, partition: 0, offset: 7 }]);
  read.look(1000);
  await settled();
  expect(read.of(0)).toBe(1000);
});
