import { expect, test } from "vitest";
import { adamStep } from "./optimiser.ts";

test("Adam's first steps go by the rate against the gradient's sign, whatever its size; decay shrinks", () => {
  const parameters = Float32Array.of(1, 1, 1);
  const moments = { first: new Float32Array(3), second: new Float32Array(3), steps: 0 };
  adamStep(parameters, Float32Array.of(0.5, -0.001, 0), moments, 0.01, Float32Array.of(0, 0, 0.1));
  expect(parameters[0]).toBeCloseTo(0.99, 4);
  expect(parameters[1]).toBeCloseTo(1.01, 4);
  expect(parameters[2]).toBeCloseTo(0.999, 6);
});

test("Adam finds the bottom of a bowl", () => {
  const parameters = Float32Array.of(3, -2);
  const moments = { first: new Float32Array(2), second: new Float32Array(2), steps: 0 };
  for (let step = 0; step < 2000; step++) {
    adamStep(parameters, Float32Array.of(parameters[0] - 1, 4 * parameters[1]), moments, 0.01, new Float32Array(2));
  }
  expect(parameters[0]).toBeCloseTo(1, 2);
  expect(parameters[1]).toBeCloseTo(0, 2);
});
