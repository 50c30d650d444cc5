import { expect, test } from "vitest";
import { TOPICS } from "../../../contracts/topics.ts";
import type { ReceivedMessage } from "../../bus.ts";
import { ReadAhead } from "./read-ahead.ts";

const topic = TOPICS.frames;
const message = (partition: number, offset: number, bytes = 10): ReceivedMessage => {
  return { topic, partition, offset, key: "bed", value: new Uint8Array(bytes), headers: {} };
};

function holding(partitions: number): ReadAhead {
  const readAhead = new ReadAhead();
  readAhead.hold(Array.from({ length: partitions }, (_, partition) => ({ topic, partition, offset: 0 })));
  return readAhead;
}

test("partitions take turns, each in order", () => {
  const readAhead = holding(2);
  for (const offset of [0, 1, 2]) readAhead.push(message(0, offset));
  readAhead.push(message(1, 0));
  const order = [0, 1, 2, 3].map(() => readAhead.shift()).map((it) => `${it?.partition}/${it?.offset}`);
  expect(order).toEqual(["1/0", "0/0", "0/1", "0/2"]);
  expect(readAhead.shift()).toBeUndefined();
  expect(readAhead.places.map(({ offset }) => offset)).toEqual([3, 1]);
});

test("is full from 2 MiB on until 1 MiB is left", () => {
  const readAhead = holding(1);
  const fullness: boolean[] = [];
  for (let offset = 0; offset < 4; offset++) {
    readAhead.push(message(0, offset, 600_000));
    fullness.push(readAhead.isFull);
  }
  while (readAhead.shift()) fullness.push(readAhead.isFull);
  expect(fullness).toEqual([false, false, false, true, true, true, false, false]);
});

test("a seek forgets what was fetched, and what is fetched of before it", () => {
  const readAhead = holding(1);
  for (let offset = 0; offset < 4; offset++) readAhead.push(message(0, offset, 600_000));
  readAhead.seek({ topic, partition: 0, offset: 2 });
  expect(readAhead.isFull).toBe(false);
  readAhead.push(message(0, 1));
  readAhead.push(message(0, 2));
  expect(readAhead.shift()?.offset).toBe(2);
});

test("takes nothing of a partition that is not held", () => {
  const readAhead = holding(1);
  readAhead.push(message(5, 0));
  expect(readAhead.shift()).toBeUndefined();
  readAhead.push(message(0, 0));
  readAhead.hold([]);
  expect(readAhead.shift()).toBeUndefined();
  expect(readAhead.has({ topic, partition: 0 })).toBe(false);
});
