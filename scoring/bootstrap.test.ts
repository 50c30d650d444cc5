import { expect, test } from "vitest";
import { createRandom } from "../kit/random.ts";
import { bootstrap, intervalOf } from "./bootstrap.ts";

const meanOf = (values: readonly number[]) => ({ mean: values.reduce((sum, value) => sum + value, 0) / values.length });

test("an interval lies between its draws, numbers alone; with fewer than half of them there is none", () => {
  const draws = Float64Array.from({ length: 201 }, (_, i) => 200 - i);
  const [low, high] = intervalOf(draws) ?? [];
  expect(low).toBeCloseTo(5, 9);
  expect(high).toBeCloseTo(195, 9);
  expect(intervalOf(Float64Array.of(Number.NaN, 7, 7))).toEqual([7, 7]);
  expect(intervalOf(Float64Array.of(Number.NaN, 7, Number.NaN))).toBeNull();
  expect(intervalOf(new Float64Array(0))).toBeNull();
});

test("two records: of the three sets there are, a quarter, half and a quarter of the draws", () => {
  const { mean } = bootstrap([0, 1], meanOf);
  expect(mean).toEqual([0, 1]);
  expect(bootstrap([3, 3, 3], meanOf).mean).toEqual([3, 3]);
});

test("a mean's interval is as wide as its standard error says", () => {
  const random = createRandom(5, "test");
  const values = Array.from({ length: 200 }, () => random.normal());
  const { mean } = meanOf(values);
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  const [low, high] = bootstrap(values, meanOf).mean ?? [0, 0];
  const expected = (1.96 * deviation) / Math.sqrt(values.length);
  expect(mean - low).toBeGreaterThan(0.9 * expected);
  expect(mean - low).toBeLessThan(1.1 * expected);
  expect(high - mean).toBeGreaterThan(0.9 * expected);
  expect(high - mean).toBeLessThan(1.1 * expected);
});

test("it covers the truth about as often as it says", () => {
  const random = createRandom(11, "coverage");
  let covered = 0;
  for (let trial = 0; trial < 300; trial++) {
    const sample = Array.from({ length: 40 }, () => random.normal());
    const [low, high] = bootstrap(sample, meanOf, { seed: trial, resamples: 200 }).mean ?? [1, 1];
    if (low <= 0 && high >= 0) covered++;
  }
  expect(covered / 300).toBeGreaterThan(0.88);
  expect(covered / 300).toBeLessThan(0.98);
});

test("the same seed draws the same, another another; pairs are drawn together", () => {
  const values = [1, 5, 2, 8, 3];
  expect(bootstrap(values, meanOf)).toEqual(bootstrap(values, meanOf));
  const uneven = values.map(Math.sqrt);
  expect(bootstrap(uneven, meanOf, { seed: 2, resamples: 99 })).not.toEqual(
    bootstrap(uneven, meanOf, { resamples: 99 }),
  );
  const pairs = values.map((value) => ({ before: value, after: value + 2 }));
  const { change } = bootstrap(pairs, (drawn) => ({
    change: meanOf(drawn.map(({ after }) => after)).mean - meanOf(drawn.map(({ before }) => before)).mean,
  }));
  expect(change?.[0]).toBeCloseTo(2, 12);
  expect(change?.[1]).toBeCloseTo(2, 12);
});

test("one record has no interval, nor has what most sets of records lack", () => {
  expect(bootstrap([4], meanOf)).toEqual({ mean: null });
  const rare = (drawn: readonly number[]) => ({ share: drawn.filter((value) => value === 0).length > 2 ? 1 : null });
  expect(bootstrap([0, 1, 2, 3, 4], rare)).toEqual({ share: null });
});
