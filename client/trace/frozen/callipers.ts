import type { Samples } from "../drawing/decimate.ts";
import { type Strip, xOfPosition, yOfMillivolts } from "./strip.ts";

/** The first or the second of a pair of edges. */
export type Which = 0 | 1;

/** Two edges in time across all leads, and in each lead two in voltage. */
export interface Callipers {
  /** Positions of samples. */
  readonly times: readonly [number, number];
  /** By lead, mV; null: one that follows the signal at its edge in time. */
  readonly levels: readonly (readonly [number | null, number | null])[];
}

export type Edge = { readonly kind: "time"; readonly which: Which } | { readonly kind: "level"; readonly which: Which };

/** Nearer to one another than this, repeated intervals would be a grey field, CSS pixels. */
const LEAST_MARCH_PX = 6;

/** All levels follow the signal. */
export function callipersAt(times: readonly [number, number], leads: number): Callipers {
  return { times, levels: Array.from({ length: leads }, () => [null, null] as const) };
}

export function withTime({ times, levels }: Callipers, which: Which, position: number): Callipers {
  return { times: which === 0 ? [position, times[1]] : [times[0], position], levels };
}

export function withLevel({ times, levels }: Callipers, lead: number, which: Which, mv: number | null): Callipers {
  const changed = levels.map((pair, index) =>
    index !== lead ? pair : which === 0 ? ([mv, pair[1]] as const) : ([pair[0], mv] as const),
  );
  return { times, levels: changed };
}

/** Between the edges in time, ms; to a sample. */
export function intervalMs({ times: [one, other] }: Callipers, rateHz: number): number {
  return (Math.abs(other - one) / rateHz) * 1000;
}

/** What the interval would be as a rate, /min; null where the edges stand on one sample. */
export const ratePerMin = (ms: number): number | null => (ms === 0 ? null : 60_000 / ms);

/** Where an edge in voltage stands in a lead, mV; null where it follows a sample that is missing. */
export function levelOf({ times, levels }: Callipers, lead: number, which: Which, samples: Samples): number | null {
  const own = levels[lead][which];
  if (own !== null) return own;
  const value = samples.at(times[which]);
  return Number.isNaN(value) ? null : value;
}

/** The second level less the first, mV; null where one is unknown. */
export function differenceMv(callipers: Callipers, lead: number, samples: Samples): number | null {
  const [one, other] = ([0, 1] as const).map((which) => levelOf(callipers, lead, which, samples));
  return one === null || other === null ? null : other - one;
}

/** Positions at which the interval is repeated within the strip, both ways; none where they would run together. */
export function marchOut({ times }: Callipers, { geometry, rateHz, from, to }: Strip): number[] {
  const [first, last] = times[0] < times[1] ? times : [times[1], times[0]];
  const step = last - first;
  if ((step / rateHz) * geometry.pxPerSecond < LEAST_MARCH_PX * geometry.ratio) return [];
  const marks: number[] = [];
  const before = first + Math.ceil((from - first) / step) * step;
  for (let at = before; at < to; at += step) if (at !== first && at !== last) marks.push(at);
  return marks;
}

/** The edge within `reach` of a place on a lead's strip, the nearest one; null where there is none. Device pixels. */
export function edgeNear(
  callipers: Callipers,
  lead: number,
  strip: Strip,
  samples: Samples,
  place: { readonly x: number; readonly y: number },
  reach: number,
): Edge | null {
  let nearest: Edge | null = null;
  let least = reach;
  for (const which of [0, 1] as const) {
    const across = Math.abs(xOfPosition(strip, callipers.times[which]) - place.x);
    if (across <= least) [nearest, least] = [{ kind: "time", which }, across];
    const level = levelOf(callipers, lead, which, samples);
    const along = level === null ? Number.POSITIVE_INFINITY : Math.abs(yOfMillivolts(strip, level) - place.y);
    if (along < least) [nearest, least] = [{ kind: "level", which }, along];
  }
  return nearest;
}
