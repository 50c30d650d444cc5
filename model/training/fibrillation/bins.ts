/** Values of a feature are told apart in so many steps. */
export const BINS = 64;

/** Features by the steps that they lie in. */
export interface Bins {
  /** Of each feature, ascending, without repetition, BINS − 1 at most. */
  readonly edges: readonly (readonly number[])[];
  /** [features, rows]: how many edges a value lies above. */
  readonly codes: Uint8Array;
}

/** `values`: [rows, count]. Edges are their quantiles, rounded as they are written. */
export function binned(values: Float64Array, count: number): Bins {
  const rows = values.length / count;
  const codes = new Uint8Array(values.length);
  const edges = Array.from({ length: count }, (_, feature) => {
    const column = Float64Array.from({ length: rows }, (__, row) => values[row * count + feature]);
    const sorted = column.toSorted();
    const quantiles = Array.from({ length: BINS - 1 }, (__, i) =>
      Number(sorted[Math.floor(((i + 1) * rows) / BINS)].toPrecision(5)),
    );
    const own = [...new Set(quantiles)];
    column.forEach((value, row) => void (codes[feature * rows + row] = above(own, value)));
    return own;
  });
  return { edges, codes };
}

function above(edges: readonly number[], value: number): number {
  let [from, to] = [0, edges.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (value > edges[middle]) from = middle + 1;
    else to = middle;
  }
  return from;
}
