import { expect, test } from "vitest";
import { countInterval, shareInterval } from "./exact.ts";

// scipy.stats.binomtest(k, n).proportion_ci(method="exact"); scipy.stats.chi2.ppf for counts.
test.each([
  [8, 10, 0.4439, 0.97479],
  [0, 10, 0, 0.3085],
  [10, 10, 0.6915, 1],
  [37, 89, 0.31214, 0.52509],
])("%i of %i: %f to %f", (hits, count, low, high) => {
  const interval = shareInterval(hits, count);
  expect(interval?.[0]).toBeCloseTo(low, 4);
  expect(interval?.[1]).toBeCloseTo(high, 4);
});

test.each([
  [0, 0, 3.68888],
  [5, 1.62349, 11.66833],
  [120, 99.49193, 143.49059],
])("a count of %i: %f to %f", (count, low, high) => {
  const interval = countInterval(count);
  expect(interval[0]).toBeCloseTo(low, 3);
  expect(interval[1]).toBeCloseTo(high, 3);
});

test("of none there is no share", () => expect(shareInterval(0, 0)).toBeNull());
