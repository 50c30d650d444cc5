import { expect, test } from "vitest";
import { createRandom } from "../../kit/random.ts";
import { fitRowTemperature, rowCalibrationError, temperedRows } from "./calibration.ts";

/** Rows whose classes are drawn with the very probabilities told. */
function honestRows(count: number) {
  const random = createRandom(1, "calibration");
  const probabilities = new Float32Array(count * 5);
  const truth = Array.from({ length: count }, (_, row) => {
    const powers = Array.from({ length: 5 }, () => Math.exp(2 * random.normal()));
    const total = powers.reduce((sum, value) => sum + value, 0);
    powers.forEach((value, k) => (probabilities[row * 5 + k] = value / total));
    let left = random.uniform() * total;
    return powers.findIndex((value) => (left -= value) < 0);
  });
  return { probabilities, truth };
}

test("probabilities that are true need no temperature, and have hardly an error", () => {
  const { probabilities, truth } = honestRows(4000);
  expect(fitRowTemperature(probabilities, truth)).toBeCloseTo(1, 1);
  expect(rowCalibrationError(probabilities, truth)).toBeLessThan(0.03);
});

test("overconfidence is found, and undone", () => {
  const { probabilities, truth } = honestRows(4000);
  const bold = temperedRows(probabilities, 0.5);
  const temperature = fitRowTemperature(bold, truth);
  expect(temperature).toBeCloseTo(2, 0);
  expect(rowCalibrationError(bold, truth)).toBeGreaterThan(0.08);
  expect(rowCalibrationError(temperedRows(bold, temperature), truth)).toBeLessThan(0.03);
});

test("rows of a temperature sum to 1, and one row gone wrong counts by its confidence", () => {
  const row = Float32Array.of(0.7, 0.1, 0.1, 0.05, 0.05);
  expect(temperedRows(row, 3).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 6);
  expect(rowCalibrationError(row, [1])).toBeCloseTo(0.7, 6);
  expect(rowCalibrationError(row, [0])).toBeCloseTo(0.3, 6);
});
