/** Intervals that differ less are alike, ms. */
const TOLERANCE_MS = 50;

/**
 * The coefficient of sample entropy of successive RR intervals, ms: how seldom two intervals that are alike are followed by two that are, against the
 * tolerance and the mean interval (in seconds): −ln((B + ½) / (A + 1)) − ln(2r) − ln(mean RR), with A pairs of intervals that are alike, B of
 * them followed by a pair that is, m = 1, r = 50 ms. About 2 in sinus rhythm, where a pattern of ectopic beats repeats as well; about 4
 * in atrial fibrillation. NaN of none. D. E. Lake & J. R. Moorman: Accurate estimation of entropy in very short physiological time
 * series: the problem of atrial fibrillation detection in implanted ventricular devices. Am. J. Physiol. Heart Circ. Physiol.
 * 300:H319–H325, 2011; r is fixed here, and the halves and ones let there be no pair.
 */
export function sampleEntropy(intervalsMs: readonly number[]): number {
  const last = intervalsMs.length - 1;
  const isAlike = (i: number, j: number): boolean => Math.abs(intervalsMs[i] - intervalsMs[j]) < TOLERANCE_MS;
  let alike = 0;
  let followed = 0;
  for (let i = 0; i < last; i++) {
    for (let j = i + 1; j < last; j++) {
      if (!isAlike(i, j)) continue;
      alike++;
      if (isAlike(i + 1, j + 1)) followed++;
    }
  }
  const meanMs = intervalsMs.reduce((sum, value) => sum + value, 0) / intervalsMs.length;
  return -Math.log((followed + 0.5) / (alike + 1)) - Math.log((2 * TOLERANCE_MS) / 1000) - Math.log(meanMs / 1000);
}
