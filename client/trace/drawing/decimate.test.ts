import fc from "fast-check";
import { expect, test } from "vitest";
import { linePoints, missingRuns } from "./decimate.ts";

interface Point {
  readonly x: number;
  readonly value: number;
  readonly starts: boolean;
}

const reader = (values: readonly number[]) => ({ at: (position: number) => values[position] ?? Number.NaN });

function points(values: readonly number[], pxPerSample: number, left = 0): Point[] {
  const found: Point[] = [];
  linePoints(reader(values), 0, values.length, left, pxPerSample, (x, value, starts) =>
    found.push({ x, value, starts }),
  );
  return found;
}

const sample = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: -50, max: 50 }) }, fc.constant(Number.NaN));

test("wider than a pixel, each sample is a point", () => {
  expect(points([1, 2, 3], 4, 10)).toEqual([
    { x: 10, value: 1, starts: true },
    { x: 14, value: 2, starts: false },
    { x: 18, value: 3, starts: false },
  ]);
});

test("a spike one sample wide is kept", () => {
  const values = Array.from({ length: 1000 }, (_, index) => (index === 503 ? 9 : 0));
  expect(points(values, 0.05).map(({ value }) => value)).toContain(9);
});

test("a missing sample breaks the line", () => {
  const found = points([1, 2, Number.NaN, 4, 5], 0.5);
  expect(found.filter(({ starts }) => starts).map(({ value }) => value)).toEqual([1, 4]);
});

test("each unbroken column gives its first, lowest, highest and last in order of time, and no more", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -50, max: 50 }), { maxLength: 200 }),
      fc.double({ min: 0.02, max: 3, noNaN: true }),
      (values, width) => {
        const found = points(values, width);
        const columns = new Map<number, number[]>();
        values.forEach((value, index) => {
          const column = Math.floor(index * width);
          columns.set(column, [...(columns.get(column) ?? []), value]);
        });
        for (const [column, members] of columns) {
          const drawn = found.filter(({ x }) => Math.floor(x) === column).map(({ value }) => value);
          expect(drawn.length).toBeLessThanOrEqual(4);
          expect([drawn[0], drawn[drawn.length - 1]]).toEqual([members[0], members[members.length - 1]]);
          expect(Math.min(...drawn)).toBe(Math.min(...members));
          expect(Math.max(...drawn)).toBe(Math.max(...members));
        }
        expect(found.map(({ x }) => x)).toEqual(found.map(({ x }) => x).sort((a, b) => a - b));
      },
    ),
  );
});

test("runs of missing samples are what is missing", () => {
  fc.assert(
    fc.property(fc.array(sample, { maxLength: 60 }), (values) => {
      const missing = new Set<number>();
      let last = -1;
      missingRuns(reader(values), 0, values.length, (from, to) => {
        expect(from).toBeGreaterThan(last);
        for (let at = from; at < to; at++) missing.add(at);
        last = to;
      });
      expect([...missing]).toEqual(values.flatMap((value, index) => (Number.isNaN(value) ? [index] : [])));
    }),
  );
});
