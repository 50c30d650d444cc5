import { leadMillivolts, receivedOf } from "./strip-samples.ts";
import type { Strip, StripLead } from "../source/ecg-source.ts";
import type { SweepGeometry } from "../trace/drawing/calibration.ts";
import { linePoints, missingRuns } from "../trace/drawing/decimate.ts";
import { flatSince } from "../trace/samples/lead-trace.ts";
import { chooseFit, type Fit, fitted, USUAL_FIT } from "../trace/drawing/fit.ts";

/** What paper has: 25 mm/s and 10 mm/mV. Lengths are mm. */
export const PAPER = { mmPerS: 25, mmPerMv: 10, gutter: 9, lead: 34 } as const;
/** Labels of beats stand in the topmost mm. */
const LABELS_MM = 7;
/** Points of a line in a mm at the most: as fine as a print. */
const POINTS_PER_MM = 12;

interface Run {
  readonly x: number;
  readonly width: number;
}

/** A lead of a strip as lines on paper, mm from its left upper corner. */
export interface LeadPicture {
  readonly name: string;
  /** An SVG path's `d`. */
  readonly path: string;
  /** Where samples are missing. */
  readonly missing: readonly Run[];
  /** Where the lead was off: it has no line there. */
  readonly off: readonly Run[];
  readonly fit: Fit;
  /** y of 0 mV. */
  readonly zero: number;
  /** Height of 1 mV. */
  readonly mv: number;
}

/** Where a time stands, mm. */
export const placeOf = (timeMs: number, fromMs: number): number =>
  PAPER.gutter + ((timeMs - fromMs) / 1000) * PAPER.mmPerS;

/** A strip's leads from `fromMs` to `toMs`, filtered for the eye as traces are. */
export function leadPictures(strip: Strip, fromMs: number, toMs: number): LeadPicture[] {
  const { samplingRateHz, beginMs, leads } = strip;
  const perSample = PAPER.mmPerS / samplingRateHz;
  const sampleAt = (ms: number): number => Math.round(((ms - beginMs) / 1000) * samplingRateHz);
  const [from, to] = [sampleAt(fromMs), sampleAt(toMs)];
  return leads.map((lead, i) => {
    const stretches = offStretches(strip, lead, sampleAt);
    const shown = leadMillivolts(lead, samplingRateHz);
    for (const stretch of stretches) shown.fill(Number.NaN, Math.max(0, stretch.from), stretch.to);
    const samples = { at: (position: number): number => shown[position] ?? Number.NaN };
    const top = i === 0 ? LABELS_MM : 1;
    const range = rangeOf(samples, from, to);
    const fit = chooseFit(range, GEOMETRY, { top, bottom: PAPER.lead - 1 }, USUAL_FIT);
    const { baselineY, pxPerMv } = fitted(GEOMETRY, fit);
    const parts: string[] = [];
    linePoints(samples, from, to, 0, perSample * POINTS_PER_MM, (x, value, starts) => {
      const [at, y] = [PAPER.gutter + x / POINTS_PER_MM, baselineY - value * pxPerMv];
      parts.push(`${starts ? "M" : "L"}${at.toFixed(2)} ${y.toFixed(2)}`);
    });
    const runOf = (begin: number, end: number): Run => ({
      x: PAPER.gutter + (begin - from) * perSample,
      width: (end - begin) * perSample,
    });
    const missing: Run[] = [];
    missingRuns(receivedOf(lead), from, to, (begin, end) => missing.push(runOf(begin, end)));
    const off = stretches
      .map((stretch) => ({ from: Math.max(from, stretch.from), to: Math.min(to, stretch.to) }))
      .filter((stretch) => stretch.from < stretch.to)
      .map((stretch) => runOf(stretch.from, stretch.to));
    return { name: lead.name, path: parts.join(""), missing, off, fit, zero: baselineY, mv: pxPerMv };
  });
}

/** By the conditions that tell so; each from where the lead was flat already. */
function offStretches(
  { conditions, samplingRateHz }: Strip,
  lead: StripLead,
  sampleAt: (ms: number) => number,
): { from: number; to: number }[] {
  const received = receivedOf(lead);
  return conditions.flatMap(({ condition: { kind, lead: name, beginTimeMs }, endTimeMs }) => {
    if (kind !== "lead-off" || name !== lead.name) return [];
    const from = flatSince(received, sampleAt(beginTimeMs), samplingRateHz);
    return [{ from, to: endTimeMs === null ? Number.POSITIVE_INFINITY : sampleAt(endTimeMs) }];
  });
}

/** A millimetre is a unit. */
const GEOMETRY: SweepGeometry = {
  pxPerMm: 1,
  pxPerMv: PAPER.mmPerMv,
  pxPerSecond: PAPER.mmPerS,
  left: PAPER.gutter,
  width: 1,
  height: PAPER.lead,
  baselineY: Math.round(PAPER.lead * 0.65),
  ratio: 1,
};

function rangeOf(samples: { at(position: number): number }, from: number, to: number): { low: number; high: number } {
  let low = Infinity;
  let high = -Infinity;
  for (let position = from; position < to; position++) {
    const value = samples.at(position);
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}
