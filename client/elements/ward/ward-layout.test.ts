import { expect, test } from "vitest";
import { GAPS_PX, gridColumns, wardLayout } from "./ward-layout.ts";

/** The room for tiles at 1280 × 900, 1920 × 1080 and 3840 × 2160, beside the alarms. */
const SCREENS = [
  ["1280", 924, 780],
  ["1920", 1564, 960],
  ["3840", 3484, 2040],
] as const;
const COUNTS = Array.from({ length: 64 }, (_, i) => i + 1);

test.each(SCREENS)(
  "1 to 64 beds stand on a screen %s px wide without scrolling, and leave no hole",
  (_, width, height) => {
    for (const count of COUNTS) {
      const { density, rows, rowHeight } = wardLayout(count, width, height);
      expect(density).not.toBe("scrolled");
      expect(rows.reduce((sum, tiles) => sum + tiles, 0)).toBe(count);
      expect(rows[0] - rows[rows.length - 1]).toBeLessThanOrEqual(1);
      expect(rows.length * rowHeight + (rows.length - 1) * GAPS_PX[density]).toBeLessThanOrEqual(height);
      for (const tiles of rows) expect(gridColumns(rows) % tiles).toBe(0);
    }
  },
);

test("tiles are full as long as they fit so", () => {
  const densities = SCREENS.map(([, width, height]) =>
    [8, 16, 32, 64].map((n) => wardLayout(n, width, height).density),
  );
  expect(densities).toEqual([
    ["full", "full", "compact", "compact"],
    ["full", "full", "full", "compact"],
    ["full", "full", "full", "full"],
  ]);
});

test("where there is room, 16 beds are a plain grid", () => {
  expect(wardLayout(16, 3484, 2040).rows).toEqual([4, 4, 4, 4]);
});

test("a phone has one column and scrolls", () => {
  expect(wardLayout(3, 370, 340)).toEqual({ density: "scrolled", rows: [1, 1, 1], rowHeight: 176 });
});

test("a single bed does not fill a wall", () => {
  expect(wardLayout(1, 1564, 970)).toEqual({ density: "full", rows: [1], rowHeight: 420 });
});

test("without room nothing breaks", () => {
  expect(wardLayout(0, 0, 0)).toEqual({ density: "scrolled", rows: [], rowHeight: 176 });
  expect(wardLayout(2, 0, 0).rows).toEqual([1, 1]);
});
