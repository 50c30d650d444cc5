import { expect, test } from "vitest";
import { exactInterval } from "./exact-interval.ts";

// Of scipy 1.x, binomtest(k, n).proportion_ci(0.95, "exact").
test.each([
  [10, 11, 0.5872201, 0.997701],
  [0, 4, 0, 0.6023646],
  [3, 3, 0.2924018, 1],
  [37, 89, 0.312144, 0.5250868],
])("%i of %i", (successes, trials, low, high) => {
  const interval = exactInterval(successes, trials);
  expect(interval?.[0]).toBeCloseTo(low, 6);
  expect(interval?.[1]).toBeCloseTo(high, 6);
});

test("none of none says nothing", () => expect(exactInterval(0, 0)).toBeNull());
