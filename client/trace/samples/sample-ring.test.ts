import fc from "fast-check";
import { expect, test } from "vitest";
import { SampleRing } from "./sample-ring.ts";

const read = (ring: SampleRing, from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => ring.at(from + index));

test("a hole reads NaN until its samples come late", () => {
  const ring = new SampleRing(10);
  ring.write(0, Float32Array.of(1, 2));
  ring.write(4, Float32Array.of(5, 6));
  expect(read(ring, 0, 7)).toEqual([1, 2, Number.NaN, Number.NaN, 5, 6, Number.NaN]);
  ring.write(2, Float32Array.of(3, 4));
  expect(read(ring, 0, 6)).toEqual([1, 2, 3, 4, 5, 6]);
});

test("what is too old for the ring is left out", () => {
  const ring = new SampleRing(4);
  ring.write(0, Float32Array.of(0, 1, 2, 3, 4, 5));
  expect([ring.begin, ring.end]).toEqual([2, 6]);
  ring.write(0, Float32Array.of(90, 91, 92));
  expect(read(ring, 0, 6)).toEqual([Number.NaN, Number.NaN, 92, 3, 4, 5]);
});

test("a leap far ahead forgets everything, at no cost by its length", () => {
  const ring = new SampleRing(4);
  ring.write(0, Float32Array.of(1, 2));
  ring.write(2 ** 50, Float32Array.of(7));
  expect(ring.end).toBe(2 ** 50 + 1);
  expect(read(ring, ring.begin, ring.end)).toEqual([Number.NaN, Number.NaN, Number.NaN, 7]);
});

test("any writes leave what an unbounded store would show of the last samples", () => {
  const write = fc.record({ position: fc.integer({ min: 0, max: 60 }), count: fc.integer({ min: 0, max: 20 }) });
  fc.assert(
    fc.property(fc.array(write, { maxLength: 12 }), fc.integer({ min: 1, max: 16 }), (writes, capacity) => {
      const ring = new SampleRing(capacity);
      const model = new Map<number, number>();
      let end = 0;
      let serial = 0;
      for (const { position, count } of writes) {
        const samples = Float32Array.from({ length: count }, () => ++serial);
        ring.write(position, samples);
        end = Math.max(end, position + count);
        samples.forEach((sample, index) => {
          if (position + index >= end - capacity) model.set(position + index, sample);
        });
        for (const key of model.keys()) if (key < end - capacity) model.delete(key);
      }
      const expected = Array.from({ length: end + 3 }, (_, at) => model.get(at) ?? Number.NaN);
      expect(read(ring, 0, end + 3)).toEqual(expected);
    }),
  );
});
