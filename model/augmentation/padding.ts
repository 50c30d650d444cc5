/** Samples of a row before the zeros it is padded with. */
export function lengthOf(row: Float32Array): number {
  let length = row.length;
  while (length > 0 && row[length - 1] === 0) length--;
  return length;
}

/** The row with its last sample held in place of the zeros: no cliff, which few axes could not draw. */
export const heldRow = (row: Float32Array, length: number): Float32Array =>
  row.slice().fill(length > 0 ? row[length - 1] : 0, length);

/** The row within 0 to 1, and zeros from `length` on. */
export function paddedRow(row: Float32Array, length: number): Float32Array {
  const kept = Math.max(1, Math.min(row.length, Math.round(length)));
  return row.map((value, i) => (i < kept ? Math.max(0, Math.min(1, value)) : 0));
}
