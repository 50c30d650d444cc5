import { expect, test } from "vitest";
import { nextTile } from "./next-tile.ts";

test("arrows lead to the tile beside, above and below, and nowhere over the edge", () => {
  const rows = [3, 3, 2];
  expect([0, 2, 7].map((at) => nextTile("ArrowRight", at, rows))).toEqual([1, 3, null]);
  expect([0, 3].map((at) => nextTile("ArrowLeft", at, rows))).toEqual([null, 2]);
  expect([0, 4, 5, 7].map((at) => nextTile("ArrowDown", at, rows))).toEqual([3, 7, 7, null]);
  expect([1, 4, 6, 7].map((at) => nextTile("ArrowUp", at, rows))).toEqual([null, 1, 3, 5]);
  expect(nextTile("Enter", 1, rows)).toBeNull();
});
