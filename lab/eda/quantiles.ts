/** The values at these shares, 0 to 1, of sorted `values`, in between by a straight line; null where there are none. */
export function quantilesOf(values: ArrayLike<number>, shares: readonly number[]): (number | null)[] {
  const sorted = Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .sort();
  if (sorted.length === 0) return shares.map(() => null);
  return shares.map((share) => {
    const place = share * (sorted.length - 1);
    const left = Math.floor(place);
    const right = Math.min(sorted.length - 1, left + 1);
    return sorted[left] + (place - left) * (sorted[right] - sorted[left]);
  });
}
