import type { Random } from "../../../kit/random.ts";
import type { Points } from "./mixture.ts";

const LLOYD_ROUNDS = 10;

/**
 * [count × size]: 1 where a point is nearest to that centre, else 0; centres by k-means++ (D. Arthur & S. Vassilvitskii,
 * SODA 2007, §2.2) and a few of Lloyd's rounds.
 */
export function seedCentres(points: Points, size: number, random: Random): Float64Array {
  const { values, count, dimensions } = points;
  const centres = new Float64Array(size * dimensions);
  const pointAt = (i: number): Float64Array => values.subarray(i * dimensions, (i + 1) * dimensions);
  const nearest = new Float64Array(count).fill(Infinity);
  for (let k = 0; k < size; k++) {
    const chosen = k === 0 ? Math.floor(random.uniform() * count) : drawBy(nearest, random);
    centres.set(pointAt(chosen), k * dimensions);
    for (let i = 0; i < count; i++) {
      nearest[i] = Math.min(nearest[i], squaredDistance(values, i, centres, k, dimensions));
    }
  }
  let owner = ownersOf(points, centres, size);
  for (let round = 0; round < LLOYD_ROUNDS; round++) {
    const sums = new Float64Array(size * dimensions);
    const counts = new Float64Array(size);
    for (let i = 0; i < count; i++) {
      counts[owner[i]]++;
      for (let d = 0; d < dimensions; d++) sums[owner[i] * dimensions + d] += values[i * dimensions + d];
    }
    for (let k = 0; k < size; k++) {
      if (counts[k] === 0) continue;
      for (let d = 0; d < dimensions; d++) centres[k * dimensions + d] = sums[k * dimensions + d] / counts[k];
    }
    owner = ownersOf(points, centres, size);
  }
  const shares = new Float64Array(count * size);
  owner.forEach((k, i) => (shares[i * size + k] = 1));
  return shares;
}

function ownersOf({ values, count, dimensions }: Points, centres: Float64Array, size: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => {
    let best = 0;
    let least = Infinity;
    for (let k = 0; k < size; k++) {
      const distance = squaredDistance(values, i, centres, k, dimensions);
      if (distance < least) [best, least] = [k, distance];
    }
    return best;
  });
}

function squaredDistance(a: Float64Array, i: number, b: Float64Array, k: number, dimensions: number): number {
  let sum = 0;
  for (let d = 0; d < dimensions; d++) sum += (a[i * dimensions + d] - b[k * dimensions + d]) ** 2;
  return sum;
}

function drawBy(weights: Float64Array, random: Random): number {
  let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  const found = weights.findIndex((weight) => (left -= weight) < 0);
  return found < 0 ? weights.length - 1 : found;
}
