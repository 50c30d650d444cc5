/**
 * Pairs reference and detected beats, both in order of time, at most `tolerance` samples apart: each with its nearest
 * (the rule of WFDB's bxb). Returns for each reference beat the index of its detection, −1 where it was missed.
 */
export function matchBeats(references: readonly number[], detections: readonly number[], tolerance: number): number[] {
  const partners = references.map(() => -1);
  const distance = (reference: number, detection: number): number =>
    reference < references.length && detection < detections.length
      ? Math.abs(references[reference] - detections[detection])
      : Number.POSITIVE_INFINITY;
  let reference = 0;
  let detection = 0;
  while (reference < references.length && detection < detections.length) {
    const here = distance(reference, detection);
    if (here <= tolerance && here <= distance(reference, detection + 1) && here <= distance(reference + 1, detection)) {
      partners[reference++] = detection++;
    } else if (distance(reference + 1, detection) < here || references[reference] < detections[detection] - tolerance) {
      reference++;
    } else detection++;
  }
  return partners;
}
