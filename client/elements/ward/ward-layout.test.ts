import { expect, test } from "vitest";
import { wardLayout } from "./ward-layout.ts";

const SIZES = [8, 16, 24, 32].map((count) => [count] as const);

test.each(SIZES)("%i beds stand on a 1080p screen without scrolling", (count) => {
  const { columns, rowHeight } = wardLayout(count, 1564, 970);
  const rows = Math.ceil(count / columns);
  expect(rows * rowHeight + (rows - 1) * 10).toBeLessThanOrEqual(970);
  expect((1564 - 10 * (columns - 1)) / columns).toBeGreaterThanOrEqual(300);
});

test("a phone has one column and scrolls", () => {
  expect(wardLayout(8, 370, 560)).toEqual({ columns: 1, rowHeight: 176 });
});

test("a single bed does not fill a wall", () => {
  expect(wardLayout(1, 1564, 970)).toEqual({ columns: 1, rowHeight: 420 });
});

test("without room nothing breaks", () => {
  expect(wardLayout(0, 0, 0)).toEqual({ columns: 1, rowHeight: 176 });
});
