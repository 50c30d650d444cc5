import { expect, test } from "vitest";
import { nextTile } from "./next-tile.ts";

test("arrows lead along the row and to the row above or below, and not off the ward", () => {
  // 0 1 2
  // 3 4
  const from = (at: number) =>
    ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"].map((key) => nextTile(key, at, 5, 3));
  expect(from(0)).toEqual([null, 1, null, 3]);
  expect(from(2)).toEqual([1, 3, null, null]);
  expect(from(4)).toEqual([3, null, 1, null]);
  expect(nextTile("Enter", 1, 5, 3)).toBeNull();
});
