/**
 * The signal read at other places: sample i is `samples` at place `placeOf(i)`, in samples, by Catmull–Rom's cubic
 * (Comput. Aided Geom. Des. 1974, 317–326), which keeps the height of a QRS where a straight line would cut it; before
 * the begin and behind the end the nearest sample is held.
 */
export function readAt(samples: Float32Array, placeOf: (index: number) => number): Float32Array {
  const last = samples.length - 1;
  const at = (index: number): number => samples[Math.max(0, Math.min(last, index))];
  return samples.map((_, index) => {
    const place = Math.max(0, Math.min(last, placeOf(index)));
    const left = Math.floor(place);
    const t = place - left;
    if (t === 0) return samples[left];
    const [a, b, c, d] = [at(left - 1), at(left), at(left + 1), at(left + 2)];
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
  });
}
