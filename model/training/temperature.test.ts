import { expect, test } from "vitest";
import { createRandom } from "../../kit/random.ts";
import { type Answer, calibrationOf } from "../../scoring/calibration.ts";
import { SCORED_CLASSES } from "../../scoring/figures.ts";
import { fitTemperature, tempered } from "./temperature.ts";

/** Answers whose truth is drawn from the probabilities themselves: calibrated by their making. */
function calibratedAnswers(count: number): Answer[] {
  const random = createRandom(5, "temperature");
  return Array.from({ length: count }, () => {
    const powers = SCORED_CLASSES.map(() => Math.exp(2 * random.normal()));
    const total = powers.reduce((sum, power) => sum + power, 0);
    const [N, S, V, F] = powers.map((power) => power / total);
    let left = random.uniform();
    const truth = SCORED_CLASSES[[N, S, V, F].findIndex((share) => (left -= share) < 0)] ?? "F";
    return { truth, probabilities: { N, S, V, F } };
  });
}

test("finds the temperature that was applied", () => {
  const answers = calibratedAnswers(20_000);
  expect(fitTemperature(answers)).toBeCloseTo(1, 1);
  const sharp = answers.map((answer) => tempered(answer, 0.5));
  const temperature = fitTemperature(sharp);
  expect(temperature).toBeGreaterThan(1.9);
  expect(temperature).toBeLessThan(2.1);
  const before = calibrationOf(sharp).ece ?? 1;
  const after = calibrationOf(sharp.map((answer) => tempered(answer, temperature))).ece ?? 1;
  expect(before).toBeGreaterThan(0.05);
  expect(after).toBeLessThan(0.02);
});

test("keeps the order of the classes, and is 1 where there is nothing to fit", () => {
  const answer: Answer = { truth: "S", probabilities: { N: 0.5, S: 0.3, V: 0.15, F: 0.05 } };
  const { N, S, V, F } = tempered(answer, 2).probabilities;
  expect(N + S + V + F).toBeCloseTo(1);
  expect([N, S, V, F]).toEqual([N, S, V, F].toSorted((a, b) => b - a));
  expect(fitTemperature([])).toBe(1);
});
