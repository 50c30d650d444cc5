import { expect, test } from "vitest";
import { withoutGaps } from "./gaps.ts";

test("a missing sample is as the last before it, at the begin 0", () => {
  const { NaN: gap } = Number;
  expect([...withoutGaps(Float32Array.of(gap, 1, gap, gap, -2, gap))]).toEqual([0, 1, 1, 1, -2, -2]);
});
