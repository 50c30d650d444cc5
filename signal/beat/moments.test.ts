import fc from "fast-check";
import { expect, test } from "vitest";
import { momentsOf } from "./moments.ts";

test("moments of numbers that were worked out by hand", () => {
  // Mean 3; deviations −2 −1 −1 −1 5: m₂ = 32/5, m₃ = 114/5, m₄ = 644/5.
  const { mean, standardDeviation, skewness, kurtosis } = momentsOf([1, 2, 2, 2, 8]);
  expect(mean).toBeCloseTo(3, 12);
  expect(standardDeviation).toBeCloseTo(Math.sqrt(6.4), 12);
  expect(skewness).toBeCloseTo(22.8 / 6.4 ** 1.5, 12);
  expect(kurtosis).toBeCloseTo(128.8 / 6.4 ** 2 - 3, 12);
  // Two values, as often: the least kurtosis there is.
  expect(momentsOf([-1, 1, -1, 1])).toEqual({ mean: 0, standardDeviation: 1, skewness: 0, kurtosis: -2 });
});

test("gain and offset move mean and deviation alone; upside down turns the skewness; bounds hold", () => {
  const values = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 3, maxLength: 200 });
  fc.assert(
    fc.property(values, fc.double({ min: 0.1, max: 10, noNaN: true }), (samples, gain) => {
      const before = momentsOf(samples);
      if (before.standardDeviation < 1e-3) return;
      const after = momentsOf(samples.map((value) => -gain * value + 1));
      expect(after.mean).toBeCloseTo(1 - gain * before.mean, 6);
      expect(after.standardDeviation).toBeCloseTo(gain * before.standardDeviation, 6);
      expect(after.skewness).toBeCloseTo(-before.skewness, 4);
      expect(after.kurtosis).toBeCloseTo(before.kurtosis, 4);
      // Pearson's inequality: kurtosis + 3 ≥ skewness² + 1.
      expect(before.kurtosis + 2).toBeGreaterThanOrEqual(before.skewness ** 2 - 1e-6);
    }),
  );
});

test("missing samples are left out, a flat segment has no shape, an empty one is not a number", () => {
  expect(momentsOf([Number.NaN, 1, 2, 2, Number.NaN, 2, 8])).toEqual(momentsOf([1, 2, 2, 2, 8]));
  expect(momentsOf(new Float32Array(187).fill(0.3))).toMatchObject({ skewness: 0, kurtosis: 0 });
  expect(Object.values(momentsOf([Number.NaN]))).toEqual([NaN, NaN, NaN, NaN]);
});
