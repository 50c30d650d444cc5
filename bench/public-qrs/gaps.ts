/** Samples for programs that know of no gaps: a missing one (NaN) is as the last before it, 0 where there is none. */
export function withoutGaps(millivolts: Float32Array): Float64Array {
  let last = 0;
  return Float64Array.from(millivolts, (value) => (last = Number.isNaN(value) ? last : value));
}
