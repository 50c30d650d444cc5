import type { Interval } from "../bootstrap.ts";

const TAIL = 0.025;
const STEPS = 60;

/**
 * The exact 95 % interval of a share of `hits` among `count` (Clopper & Pearson, Biometrika 26:404-413 (1934)); null where `count` is 0.
 * It takes the cases for independent: those of one patient are not, so that it is, if anything, too narrow.
 */
export function shareInterval(hits: number, count: number): Interval | null {
  if (count === 0) return null;
  const atMost = binomialAtMost(count);
  const low = hits === 0 ? 0 : bisect(0, 1, (p) => 1 - atMost(hits - 1, p) > TAIL);
  const high = hits === count ? 1 : bisect(0, 1, (p) => atMost(hits, p) < TAIL);
  return [low, high];
}

/** The exact 95 % interval of the expected count where `count` was seen (Garwood, Biometrika 28:437-442 (1936)). */
export function countInterval(count: number): Interval {
  const most = count + 10 * Math.sqrt(count + 1) + 10;
  const low = count === 0 ? 0 : bisect(0, most, (mean) => 1 - poissonAtMost(count - 1, mean) > TAIL);
  return [low, bisect(0, most, (mean) => poissonAtMost(count, mean) < TAIL)];
}

/** Where `isBeyond`, false below and true above, changes. */
function bisect(low: number, high: number, isBeyond: (value: number) => boolean): number {
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2;
    if (isBeyond(middle)) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

/** The probability of at most `hits` of `count` cases at probability `p`, 0 < p < 1. */
function binomialAtMost(count: number): (hits: number, p: number) => number {
  const logFactorials = new Float64Array(count + 1);
  for (let k = 1; k <= count; k++) logFactorials[k] = logFactorials[k - 1] + Math.log(k);
  return (hits, p) => {
    let sum = 0;
    for (let k = 0; k <= hits; k++) {
      const ways = logFactorials[count] - logFactorials[k] - logFactorials[count - k];
      sum += Math.exp(ways + k * Math.log(p) + (count - k) * Math.log1p(-p));
    }
    return sum;
  };
}

function poissonAtMost(count: number, mean: number): number {
  let sum = 0;
  let logFactorial = 0;
  for (let k = 0; k <= count; k++) {
    if (k > 0) logFactorial += Math.log(k);
    sum += Math.exp(k * Math.log(mean) - mean - logFactorial);
  }
  return sum;
}
