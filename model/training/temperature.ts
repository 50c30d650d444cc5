import { SCORED_CLASSES } from "../../scoring/figures.ts";
import type { Answer } from "../../scoring/calibration.ts";

const LEAST = Math.log(0.25);
const MOST = Math.log(4);
const STEPS = 40;
/** (√5 − 1) / 2. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** The answer as it would be had the logits been divided by `temperature`. */
export function tempered({ truth, probabilities }: Answer, temperature: number): Answer {
  const powers = SCORED_CLASSES.map((name) => probabilities[name] ** (1 / temperature));
  const total = powers.reduce((sum, power) => sum + power, 0);
  const [N, S, V, F] = powers.map((power) => power / total);
  return { truth, probabilities: { N, S, V, F } };
}

/**
 * The temperature, 0.25 to 4, that makes the truth most likely (Guo et al., "On calibration of modern neural networks",
 * ICML 2017, section 4.2), by golden section search; 1 without answers.
 */
export function fitTemperature(answers: readonly Answer[]): number {
  if (answers.length === 0) return 1;
  const loss = (logarithm: number): number =>
    answers.reduce((sum, answer) => {
      const { truth, probabilities } = tempered(answer, Math.exp(logarithm));
      return sum - Math.log(probabilities[truth] + 1e-12);
    }, 0);
  let [low, high] = [LEAST, MOST];
  let [a, b] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
  let [lossA, lossB] = [loss(a), loss(b)];
  for (let step = 0; step < STEPS; step++) {
    if (lossA < lossB) {
      [high, b, lossB] = [b, a, lossA];
      a = high - GOLDEN * (high - low);
      lossA = loss(a);
    } else {
      [low, a, lossA] = [a, b, lossB];
      b = low + GOLDEN * (high - low);
      lossB = loss(b);
    }
  }
  return Math.exp((low + high) / 2);
}
