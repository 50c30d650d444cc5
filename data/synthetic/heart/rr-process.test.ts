import { describe, expect, it } from "vitest";
import { createRandom } from "../../../kit/random.ts";
import { createRrProcess } from "./rr-process.ts";

/** Power of `values` (one each 1/rate s) between two frequencies, by the discrete Fourier transform. */
function power(values: readonly number[], rateHz: number, fromHz: number, toHz: number): number {
  const n = values.length;
  let sum = 0;
  for (let k = Math.ceil((fromHz * n) / rateHz); k <= (toHz * n) / rateHz; k++) {
    let re = 0;
    let im = 0;
    for (let i = 0; i < n; i++) {
      re += values[i] * Math.cos((2 * Math.PI * k * i) / n);
      im += values[i] * Math.sin((2 * Math.PI * k * i) / n);
    }
    sum += (2 * (re * re + im * im)) / (n * n);
  }
  return sum;
}

describe("createRrProcess", () => {
  const process = createRrProcess(createRandom(3, "rr"));
  const values = Array.from({ length: 2048 }, (_, index) => process(index));

  it("has mean 0 and standard deviation 1", () => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.05);
    expect(values.reduce((sum, value) => sum + value * value, 0) / values.length).toBeCloseTo(1, 1);
  });

  it("has two bands, around 0.1 and 0.25 Hz, of a ratio of 0.5, and next to nothing elsewhere", () => {
    const low = power(values, 1, 0.06, 0.14);
    const high = power(values, 1, 0.21, 0.29);
    expect(low / high).toBeGreaterThan(0.4);
    expect(low / high).toBeLessThan(0.6);
    expect(power(values, 1, 0.15, 0.2)).toBeLessThan(0.02 * (low + high));
  });
});
