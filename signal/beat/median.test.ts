import fc from "fast-check";
import { expect, test } from "vitest";
import { StateReader, StateWriter } from "../state.ts";
import { medianOf, RunningMedian } from "./median.ts";

/** With few distinct values, so that ties are frequent. */
const numbers = fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true, min: -9, max: 9 })), {
  maxLength: 200,
});

function bySorting(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

test("an odd number's median is its middle value, an even number's lies between the middle two", () => {
  expect(medianOf(Float64Array.of(9, 1, 4))).toBe(4);
  expect(medianOf(Float64Array.of(9, 1, 4, 2))).toBe(3);
  expect(medianOf(new Float64Array(0))).toBeNaN();
});

test("it is the median that sorting gives", () => {
  fc.assert(
    fc.property(numbers, (values) => {
      expect(medianOf(Float64Array.from(values)) + 0).toBe(bySorting(values) + 0);
    }),
  );
});

test("a running median is that of the last values; cleared, of those that came since", () => {
  fc.assert(
    fc.property(numbers, fc.integer({ min: 1, max: 40 }), fc.nat(200), (values, capacity, clearAt) => {
      const running = new RunningMedian(capacity);
      let held: number[] = [];
      expect(running.median).toBeNaN();
      for (const [i, value] of values.entries()) {
        if (i === clearAt) {
          running.clear();
          held = [];
        }
        running.push(value);
        held = [...held, value].slice(-capacity);
        expect(running.median + 0).toBe(bySorting(held) + 0);
      }
    }),
  );
});

test("saved and loaded anywhere, it goes on as it was", () => {
  fc.assert(
    fc.property(numbers, numbers, (before, behind) => {
      const running = new RunningMedian(7);
      for (const value of before) running.push(value);
      const writer = new StateWriter();
      writer.part(running);
      const copy = new RunningMedian(7);
      for (const value of [5, 6, 7]) copy.push(value);
      copy.load(new StateReader(writer.bytes()));
      for (const value of behind) {
        for (const one of [running, copy]) one.push(value);
        // Of 0 and −0, which are as large, either may be the middle one.
        expect(copy.median + 0).toBe(running.median + 0);
      }
    }),
  );
});
