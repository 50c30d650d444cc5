import { expect, test } from "vitest";
import { BEAT_CLASSES, type BeatClass, JUDGED_CLASSES } from "../contracts/beat.ts";
import { createRandom } from "../kit/random.ts";
import { type Answer, calibrationOf } from "./calibration.ts";
import { rowAnswers } from "./rows.ts";
import { fitTemperature, tempered } from "./temperature.ts";

/** Answers whose truth is drawn from the probabilities themselves: calibrated by their making. */
function calibratedAnswers(count: number, classes: readonly BeatClass[]): Answer<BeatClass>[] {
  const random = createRandom(5, "temperature");
  return Array.from({ length: count }, () => {
    const powers = classes.map(() => Math.exp(2 * random.normal()));
    const total = powers.reduce((sum, power) => sum + power, 0);
    let left = random.uniform() * total;
    const truth = classes[powers.findIndex((power) => (left -= power) < 0)] ?? classes[0];
    const probabilities = Object.fromEntries(classes.map((name, k) => [name, powers[k] / total]));
    return { truth, probabilities: probabilities as Record<BeatClass, number> };
  });
}

test.each([
  ["the live model's", JUDGED_CLASSES],
  ["the row model's", BEAT_CLASSES],
])("finds the temperature that was applied to %s classes", (_, classes) => {
  const answers = calibratedAnswers(20_000, classes);
  expect(fitTemperature(answers)).toBeCloseTo(1, 1);
  expect(calibrationOf(answers).ece).toBeLessThan(0.02);
  const sharp = answers.map((answer) => tempered(answer, 0.5));
  const temperature = fitTemperature(sharp);
  expect(temperature).toBeGreaterThan(1.9);
  expect(temperature).toBeLessThan(2.1);
  expect(calibrationOf(sharp).ece).toBeGreaterThan(0.05);
  expect(calibrationOf(sharp.map((answer) => tempered(answer, temperature))).ece).toBeLessThan(0.02);
});

test("groups count alike, however many answers they have", () => {
  const answers = calibratedAnswers(4000, JUDGED_CLASSES);
  const sharp = answers.map((answer) => tempered(answer, 0.5));
  const alike = fitTemperature(answers.slice(0, 2000), sharp.slice(2000));
  expect(fitTemperature(answers.slice(0, 2000), sharp.slice(3000))).toBeCloseTo(alike, 1);
  expect(fitTemperature([...answers.slice(0, 2000), ...sharp.slice(3800)])).toBeLessThan(alike - 0.15);
});

test("keeps the order of the classes and their sum, and is 1 where there is nothing to fit", () => {
  const answer: Answer = { truth: "S", probabilities: { N: 0.5, S: 0.3, V: 0.15, F: 0.05 } };
  const { N, S, V, F } = tempered(answer, 2).probabilities;
  expect(N + S + V + F).toBeCloseTo(1);
  expect([N, S, V, F]).toEqual([N, S, V, F].toSorted((a, b) => b - a));
  const row = Float32Array.of(0.7, 0.1, 0.1, 0.05, 0.05);
  const [five] = rowAnswers(row, [0]).map((one) => Object.values(tempered(one, 3).probabilities));
  expect(five).toHaveLength(5);
  expect(five.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 6);
  expect(fitTemperature([])).toBe(1);
});
