import { expect, test } from "vitest";
import { learningRateAt } from "./schedule.ts";

const SCHEDULE = { learningRate: 0.002, warmup: 1, restart: 18, epochs: 28, floor: 0.01 };

test("the learning rate rises, falls to a hundredth, and falls again from half", () => {
  expect(learningRateAt(0, SCHEDULE)).toBeLessThan(0.0001);
  expect(learningRateAt(1, SCHEDULE)).toBeCloseTo(0.002, 9);
  expect(learningRateAt(17.999, SCHEDULE)).toBeCloseTo(0.00002, 6);
  expect(learningRateAt(18, SCHEDULE)).toBeCloseTo(0.001, 9);
  expect(learningRateAt(28, SCHEDULE)).toBeCloseTo(0.00001, 9);
  expect(learningRateAt(7.99, { ...SCHEDULE, restart: 8, epochs: 8 })).toBeLessThan(0.00003);
});

test("without more it falls from its highest to nothing", () => {
  const plain = { learningRate: 0.006, epochs: 10 };
  expect([0, 5, 10].map((epoch) => learningRateAt(epoch, plain))).toEqual([0.006, expect.closeTo(0.003, 12), 0]);
});
