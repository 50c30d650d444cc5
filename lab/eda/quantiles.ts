import { quantile } from "d3";

/** The values at these shares, 0 to 1, of `values` without NaN, in between by a straight line; null where there are none. */
export const quantilesOf = (values: Iterable<number>, shares: readonly number[]): (number | null)[] =>
  shares.map((share) => quantile(values, share) ?? null);
