import type { Beat } from "../../contracts/beat.ts";

const WINDOW_MS = 60_000;
/** Of so large a share of rejected beats nobody knows what they were. */
const MOST_REJECTED = 0.1;

/**
 * Ventricular beats of the last minute. `beats`: of one epoch, in order of their times; `nowMs`: event time, Unix ms. null where it is not known: the
 * minute was not heard from end to end, or too many of its beats were rejected.
 */
export function pvcsPerMinute(beats: readonly Beat[], nowMs: number): number | null {
  let first = beats.length;
  while (first > 0 && beats[first - 1].timeMs > nowMs - WINDOW_MS) first--;
  const ofMinute = beats.slice(first);
  // The first interval reaches back to the minute's begin; a beat without one stands behind a gap.
  const isWhole = first > 0 && ofMinute.length > 0 && ofMinute.every(({ rrMs }) => rrMs !== null);
  const rejected = ofMinute.filter(({ beatClass }) => beatClass === "Q").length;
  if (!isWhole || rejected > MOST_REJECTED * ofMinute.length) return null;
  return ofMinute.filter(({ beatClass }) => beatClass === "V").length;
}
