import type { BeatClass } from "../contracts/beat.ts";
import { type Answer, classesIn } from "./calibration.ts";

/** Bounds of the temperature's logarithm. */
const [LEAST, MOST] = [Math.log(0.25), Math.log(4)];
const STEPS = 40;
/** (√5 − 1) / 2. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** The answer as it would be had the logits been divided by `temperature`. */
export function tempered<C extends BeatClass>({ truth, probabilities }: Answer<C>, temperature: number): Answer<C> {
  const names = classesIn(probabilities);
  const powers = names.map((name) => probabilities[name] ** (1 / temperature));
  const total = powers.reduce((sum, power) => sum + power, 0);
  const shares = names.map((name, k) => [name, powers[k] / total] as const);
  return { truth, probabilities: Object.fromEntries(shares) as Record<C, number> };
}

/**
 * The temperature, 0.25 to 4, that makes the truth most likely (Guo et al., "On calibration of modern neural networks",
 * ICML 2017, section 4.2), by golden section search; 1 without answers. Groups of answers, where there are several, count alike however many
 * answers they have; none is empty.
 */
export function fitTemperature<C extends BeatClass>(...groups: readonly (readonly Answer<C>[])[]): number {
  if (groups.every((answers) => answers.length === 0)) return 1;
  const names = classesIn(groups[0][0].probabilities);
  const loss = (logarithm: number): number => {
    const power = 1 / Math.exp(logarithm);
    const lossOf = (answers: readonly Answer<C>[]): number =>
      answers.reduce((sum, { truth, probabilities }) => {
        let total = 0;
        for (const name of names) total += probabilities[name] ** power;
        return sum - Math.log(probabilities[truth] ** power / total + 1e-12);
      }, 0);
    return groups.reduce((sum, answers) => sum + lossOf(answers) / answers.length, 0);
  };
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
