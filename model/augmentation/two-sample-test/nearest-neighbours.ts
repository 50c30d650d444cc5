import type { Learner } from "./two-class.ts";

const NEIGHBOURS = 5;

/**
 * The majority of the five nearest (T. M. Cover & P. E. Hart, IEEE Trans. Inf. Theory 13 (1967)). All are looked at: in so
 * many dimensions a k-d tree (ml-knn) visits all too, and takes some 20 times as long.
 */
export const nearestNeighbours: Learner =
  ({ values, labels, dimensions }) =>
  (asked) =>
    Uint8Array.from({ length: asked.length / dimensions }, (_, i) => {
      const nearest = new Float64Array(NEIGHBOURS).fill(Infinity);
      const votes = new Uint8Array(NEIGHBOURS);
      for (let k = 0; k < labels.length; k++) {
        let distance = 0;
        for (let d = 0; d < dimensions && distance < nearest[NEIGHBOURS - 1]; d++) {
          distance += (asked[i * dimensions + d] - values[k * dimensions + d]) ** 2;
        }
        let place = NEIGHBOURS;
        while (place > 0 && distance < nearest[place - 1]) place--;
        if (place === NEIGHBOURS) continue;
        nearest.copyWithin(place + 1, place, NEIGHBOURS - 1);
        votes.copyWithin(place + 1, place, NEIGHBOURS - 1);
        nearest[place] = distance;
        votes[place] = labels[k];
      }
      return Number(votes.reduce((sum, vote) => sum + vote, 0) > NEIGHBOURS / 2);
    });
