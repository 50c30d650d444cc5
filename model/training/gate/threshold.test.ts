import { expect, test } from "vitest";
import { thresholdAbove } from "./threshold.ts";

const numbers = (count: number, from: number): number[] => Array.from({ length: count }, (_, i) => from + i);

test("a share of the values lies above it", () => {
  const values = numbers(1000, 0);
  const threshold = thresholdAbove([values], 0.0155);
  expect(values.filter((value) => value > threshold)).toHaveLength(15);
});

test("groups count alike, whatever their size", () => {
  // A tenth of both together: a fifth of the group that lies higher, and none of the other, ten times its size.
  const [many, few] = [numbers(1000, 0), numbers(100, 10_000)];
  const threshold = thresholdAbove([many, few], 0.1001);
  expect([many, few].map((group) => group.filter((value) => value > threshold).length)).toEqual([0, 20]);
});
