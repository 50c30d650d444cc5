import { BOOTSTRAP, type Interval } from "./bootstrap.ts";

/** Halvings of an interval of 0 to 1: what is left is less than a double tells. */
const STEPS = 60;

/**
 * The exact 95 % interval of a share, `successes` of `trials` (Clopper & Pearson, Biometrika 26:404-413, 1934): the shares by which
 * neither so many nor so few would come in less than 2.5 % of cases. Null where there are no trials.
 */
export function exactInterval(successes: number, trials: number): Interval | null {
  if (trials === 0) return null;
  const tail = (1 - BOOTSTRAP.level) / 2;
  const low = successes === 0 ? 0 : rootOf((share) => tail - (1 - atMost(successes - 1, trials, share)));
  const high = successes === trials ? 1 : rootOf((share) => atMost(successes, trials, share) - tail);
  return [low, high];
}

/** Where `falling` becomes 0 between 0 and 1. */
function rootOf(falling: (share: number) => number): number {
  let [low, high] = [0, 1];
  for (let i = 0; i < STEPS; i++) {
    const middle = (low + high) / 2;
    if (falling(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The probability of `most` successes at the most, 0 < share < 1. */
function atMost(most: number, trials: number, share: number): number {
  let logTerm = trials * Math.log1p(-share);
  let sum = Math.exp(logTerm);
  for (let k = 1; k <= most; k++) {
    logTerm += Math.log((trials - k + 1) / k) + Math.log(share) - Math.log1p(-share);
    sum += Math.exp(logTerm);
  }
  return Math.min(1, sum);
}
