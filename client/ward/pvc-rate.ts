import type { Beat } from "../../contracts/beat.ts";
import { isHeardAs } from "../../contracts/epoch.ts";
import type { MonitoredBed } from "./monitored-bed.ts";

const WINDOW_MS = 60_000;
/** Beats of it at the fastest. */
const MOST_BEATS = 400;
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

/** Of a bed at this moment (`performance.now()`); null also where nobody monitors it, frames do not come, or the lead is off. */
export function pvcsOf(bed: MonitoredBed, nowMs: number): number | null {
  const { lastBeat } = bed;
  const isUnheard = bed.unmonitored !== null || bed.cutOffMs !== null || bed.staleForMs(nowMs) !== null;
  if (isUnheard || !lastBeat || bed.conditions.isLeadOff(lastBeat.lead)) return null;
  const beats = bed.beats.slice(-MOST_BEATS).filter(({ epoch }) => isHeardAs(lastBeat.epoch, epoch));
  return pvcsPerMinute(beats, bed.eventNowMs(nowMs));
}
