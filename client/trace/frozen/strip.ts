import { millivoltsToY, type SweepGeometry } from "../drawing/calibration.ts";
import { chooseFit, type Fit, fitted, type Range, roomOf, USUAL_FIT } from "../drawing/fit.ts";

/** A stretch of one lead laid from left to right; lengths in device pixels of its canvas. */
export interface Strip {
  /** As chosen, by which paper and time go. */
  readonly usual: SweepGeometry;
  readonly fit: Fit;
  /** As the lead is laid into it. */
  readonly geometry: SweepGeometry;
  readonly rateHz: number;
  /** Positions [from, to) are shown: the first at the left edge. */
  readonly from: number;
  readonly to: number;
}

/** How many samples find room. */
export const spanOf = ({ width, pxPerSecond }: SweepGeometry, rateHz: number): number =>
  Math.floor((width / pxPerSecond) * rateHz);

/** `to`: position behind the last one; `range`: of the lead, mV. */
export function stripOf(usual: SweepGeometry, rateHz: number, to: number, range: Range): Strip {
  const fit = chooseFit(range, usual, roomOf(usual), USUAL_FIT);
  return { usual, fit, geometry: fitted(usual, fit), rateHz, from: to - spanOf(usual, rateHz), to };
}

export function xOfPosition({ geometry, rateHz, from }: Strip, position: number): number {
  return geometry.left + ((position - from) / rateHz) * geometry.pxPerSecond;
}

/** The sample nearest to x. */
export function positionOfX({ geometry, rateHz, from }: Strip, x: number): number {
  return Math.round(from + ((x - geometry.left) / geometry.pxPerSecond) * rateHz);
}

export const yOfMillivolts = ({ geometry }: Strip, millivolts: number): number => millivoltsToY(geometry, millivolts);

export function millivoltsOfY({ geometry: { baselineY, pxPerMv } }: Strip, y: number): number {
  return (baselineY - y) / pxPerMv;
}
