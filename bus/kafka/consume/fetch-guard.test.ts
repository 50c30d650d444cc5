import { expect, test } from "vitest";
import { TOPICS } from "../../../contracts/topics.ts";
import { FetchGuard } from "./fetch-guard.ts";
import { ReadAhead } from "./read-ahead.ts";

const topic = TOPICS.frames;

/** A guard of one partition that stands at offset 5 while the broker has `high`, and what it asks for. */
function guard(high: number) {
  const readAhead = new ReadAhead();
  readAhead.hold([{ topic, partition: 0, offset: 5 }]);
  const asked: number[] = [];
  const stalled: number[] = [];
  const made = new FetchGuard({
    admin: { ranges: async () => [{ partition: 0, low: 0, high }] },
    readAhead,
    fetchFrom: ({ offset }) => asked.push(offset),
    onStall: ({ offset }) => stalled.push(offset),
  });
  return { made, asked, stalled };
}

const batch = (firstOffset: number) => ({ topic, partition: 0, firstOffset });

test("a batch behind a gap is refused once and its beginning asked for; a gap that stays is taken", () => {
  const { made, asked } = guard(9);
  expect(made.isAhead(batch(5))).toBe(false);
  expect(made.isAhead(batch(4))).toBe(false);
  expect(asked).toEqual([]);
  expect(made.isAhead(batch(7))).toBe(true);
  expect(asked).toEqual([5]);
  expect(made.isAhead(batch(7))).toBe(false);
  expect(made.isAhead({ ...batch(7), partition: 3 })).toBe(false);
});

test("a partition that stands still although there is more is asked for again, and given up in the end, once", async () => {
  const { made, asked, stalled } = guard(9);
  await made.check(() => false);
  expect(asked).toEqual([]);
  await made.check(() => true);
  expect(asked).toEqual([]);
  for (let check = 0; check < 6; check++) await made.check(() => false);
  expect([asked, stalled]).toEqual([[5, 5, 5, 5, 5, 5], [5]]);
  for (let check = 0; check < 20; check++) await made.check(() => false);
  expect(stalled).toEqual([5]);
});

test("a partition that stands at its end is left alone", async () => {
  const { made, asked } = guard(5);
  for (let check = 0; check < 9; check++) await made.check(() => false);
  expect(asked).toEqual([]);
});
