import type { SweepGeometry } from "./calibration.ts";
import { LABEL_HALF_PX } from "./draw-marks.ts";

/** By what the chosen gain is multiplied where a signal is taller than its trace. */
const FACTORS = [1, 1 / 2, 1 / 4, 1 / 8] as const;
/** The baseline moves by whole boxes of the paper, so that the paper stays. */
const STEP_MM = 1;
/** Back towards the usual it moves by no less at a time, or all the way. */
const LEAST_RETURN_MM = 5;
/** A fit is chosen with so much of the signal's height to spare; a larger or more usual one only with so much more. */
const SPARE = { choose: 0.05, relax: 0.2 } as const;

/** A trace that is lower has no room for letters, CSS pixels. */
const LABELLED_PX = 48;
/** Between the line and the trace's edge, where it fits, CSS pixels. */
const EDGE_PX = 3;

/** How a lead is laid into its trace. */
export interface Fit {
  readonly factor: number;
  /** How much lower than usual 0 mV stands, device pixels. */
  readonly lowerPx: number;
}

export const USUAL_FIT: Fit = { factor: 1, lowerPx: 0 };

/** Between which values samples lie, mV; low > high where nothing is known. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Where a trace may stand, device pixels from the top. */
interface Room {
  readonly top: number;
  readonly bottom: number;
}

/** Whether a trace has a row of beats' letters above its line. */
export const hasLabels = ({ ratio, height }: SweepGeometry): boolean => height >= LABELLED_PX * ratio;

/** Below the labels' row, where there is one. */
export function roomOf(geometry: SweepGeometry): Room {
  const { ratio, height } = geometry;
  const top = hasLabels(geometry) ? 2 * (LABEL_HALF_PX + 2) : EDGE_PX;
  return { top: top * ratio, bottom: height - EDGE_PX * ratio };
}

/**
 * How a signal of that range is laid into the room: as it is while it fits; else at the largest factor at which it fits with its
 * baseline moved, by as little as can be. Back towards the usual only where there is a fifth to spare, so that nothing jumps to and fro.
 */
export function chooseFit(range: Range, geometry: SweepGeometry, room: Room, current: Fit): Fit {
  if (range.low > range.high) return current;
  if (!fits(range, geometry, room, current)) return bestFit(widened(range, SPARE.choose), geometry, room);
  const relaxed = bestFit(widened(range, SPARE.relax), geometry, room);
  const isLarger = relaxed.factor > current.factor;
  const nearerPx = Math.abs(current.lowerPx) - Math.abs(relaxed.lowerPx);
  const isNearer = nearerPx >= LEAST_RETURN_MM * geometry.pxPerMm || (nearerPx > 0 && relaxed.lowerPx === 0);
  const isMoreUsual = relaxed.factor === current.factor && isNearer;
  return isLarger || isMoreUsual ? relaxed : current;
}

/** The geometry that a fit gives. */
export function fitted(geometry: SweepGeometry, { factor, lowerPx }: Fit): SweepGeometry {
  return { ...geometry, pxPerMv: geometry.pxPerMv * factor, baselineY: geometry.baselineY + lowerPx };
}

/** In words, e.g. "×½"; "" for the usual. */
export const factorWords = ({ factor }: Fit): string =>
  factor === 1 ? "" : `×${FRACTIONS[String(1 / factor)] ?? `1/${1 / factor}`}`;

const FRACTIONS: Readonly<Record<string, string>> = { 2: "½", 4: "¼", 8: "⅛" };

function fits({ low, high }: Range, geometry: SweepGeometry, room: Room, { factor, lowerPx }: Fit): boolean {
  const baseline = geometry.baselineY + lowerPx;
  const perMv = geometry.pxPerMv * factor;
  return baseline - high * perMv >= room.top && baseline - low * perMv <= room.bottom;
}

function bestFit({ low, high }: Range, geometry: SweepGeometry, room: Room): Fit {
  const step = STEP_MM * geometry.pxPerMm;
  for (const factor of FACTORS) {
    const perMv = geometry.pxPerMv * factor;
    const least = room.top + high * perMv - geometry.baselineY;
    const most = room.bottom + low * perMv - geometry.baselineY;
    const steps = least > 0 ? Math.ceil(least / step) : most < 0 ? Math.floor(most / step) : 0;
    const lowerPx = steps * step;
    if (lowerPx >= least && lowerPx <= most) return { factor, lowerPx };
  }
  // Taller than that: in the middle, with arrows where it leaves the trace.
  const factor = FACTORS[FACTORS.length - 1];
  const middle = (room.top + room.bottom) / 2 + ((low + high) / 2) * geometry.pxPerMv * factor - geometry.baselineY;
  return { factor, lowerPx: Math.round(middle / step) * step };
}

function widened({ low, high }: Range, by: number): Range {
  const more = ((high - low) * by) / 2;
  return { low: low - more, high: high + more };
}
