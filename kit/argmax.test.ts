import { expect, test } from "vitest";
import { argmax } from "./argmax.ts";

test("the first of the largest, within its stretch", () => {
  expect(argmax([1, 3, 2, 3])).toBe(1);
  expect(argmax(Float32Array.of(9, 0.1, 0.2, 0.7, 9), 1, 3)).toBe(2);
  expect(argmax([0.25, 0.25, 0.25, 0.25])).toBe(0);
});
