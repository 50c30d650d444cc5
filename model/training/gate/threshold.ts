/**
 * The threshold that the given share of values lies above, each group counting alike however many values it has: where one database has
 * more beats than another, it does not decide alone. `groups`: none empty.
 */
export function thresholdAbove(groups: readonly (readonly number[])[], share: number): number {
  const values = groups
    .flatMap((group) => group.map((value) => ({ value, weight: 1 / group.length / groups.length })))
    .toSorted((a, b) => b.value - a.value);
  let above = 0;
  for (const { value, weight } of values) {
    above += weight;
    if (above > share) return value;
  }
  return Number.NEGATIVE_INFINITY;
}
