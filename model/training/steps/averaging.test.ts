import { expect, test } from "vitest";
import type { NetworkWeights } from "../../network/weights.ts";
import { createAveraging } from "./averaging.ts";

const weights = (value: number): NetworkWeights => ({
  encode: new Map([["a/kernel", { shape: [2], data: Float32Array.of(value, -value) }]]),
  step: new Map([["b/bias", { shape: [1], data: Float32Array.of(2 * value) }]]),
});
const numbers = (of: NetworkWeights | null): number[] =>
  of ? [...of.encode.values(), ...of.step.values()].flatMap(({ data }) => [...data]) : [];

test("each step moves the average a share of the way to its weights", () => {
  const averaging = createAveraging(0.9);
  expect(averaging.value()).toBeNull();
  for (let step = 0; step < 200; step++) averaging.add(weights(4));
  averaging.add(weights(0));
  averaging.add(weights(0));
  numbers(averaging.value()).forEach((value, i) => expect(value).toBeCloseTo([4, -4, 8][i] * 0.81, 5));
});

test("the first weights are soon forgotten", () => {
  const averaging = createAveraging(0.999);
  averaging.add(weights(100));
  for (let step = 0; step < 30; step++) averaging.add(weights(1));
  expect(numbers(averaging.value())[0]).toBeLessThan(1.1);
});
