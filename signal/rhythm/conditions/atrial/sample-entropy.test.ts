import { expect, test } from "vitest";
import { whiteNoise } from "../../../../testing/signal/bump-ecg.ts";
import { sampleEntropy } from "./sample-entropy.ts";

const intervals = (rr: (i: number) => number): number[] => Array.from({ length: 32 }, (_, i) => rr(i));

test("is that of the formula", () => {
  // Pairs alike, of the first four: (800, 810), (800, 820), (810, 820); followed by such: (810, 820).
  expect(sampleEntropy([800, 1000, 810, 820, 830])).toBeCloseTo(
    -Math.log(1.5 / 4) - Math.log(0.1) - Math.log(0.852),
    10,
  );
});

test("is high where intervals are irregular, low where they are regular or repeat a pattern", () => {
  const random = whiteNoise(3);
  expect(sampleEntropy(intervals(() => 700 + 150 * random()))).toBeGreaterThan(3.6);
  expect(sampleEntropy(intervals(() => 800 + 10 * random()))).toBeLessThan(2.7);
  expect(sampleEntropy(intervals((i) => 800 + 200 * Math.sin(i / 2.5)))).toBeLessThan(3.6);
  expect(sampleEntropy(intervals((i) => (i % 2 === 0 ? 550 : 1000) + 10 * random()))).toBeLessThan(2.7);
  expect(sampleEntropy(intervals((i) => (i % 3 === 0 ? 550 : 900) + 10 * random()))).toBeLessThan(3.4);
});
