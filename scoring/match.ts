/**
 * Pairs reference and test beats beat by beat as ANSI/AAMI EC57 asks and WFDB's `bxb` does (WFDB Applications Guide,
 * bxb(1)): of two beats at most `tolerance` samples apart the earlier one decides, and yields where its partner has a
 * nearer one, unless that one has a nearer one still. Both in ascending order of sample; one pass.
 * Returns for each reference beat the index of its test beat, -1 where it was missed.
 */
export function matchBeats(reference: ArrayLike<number>, test: ArrayLike<number>, tolerance: number): Int32Array {
  const partners = new Int32Array(reference.length).fill(-1);
  const distance = (r: number, t: number): number =>
    r < reference.length && t < test.length ? Math.abs(reference[r] - test[t]) : Number.POSITIVE_INFINITY;
  for (let r = 0, t = 0; r < reference.length && t < test.length;) {
    const testIsEarlier = test[t] < reference[r];
    const here = distance(r, t);
    const rival = testIsEarlier ? distance(r, t + 1) : distance(r + 1, t);
    if (here <= tolerance && (here < rival || distance(r + 1, t + 1) < rival)) partners[r++] = t++;
    else if (testIsEarlier) t++;
    else r++;
  }
  return partners;
}
