import { isDrawn } from "./svg.ts";
import { lineChart, type LineSeries, type Point } from "./lines.ts";
import { type Axis, asPercent, scaleOf } from "./parts/plot.ts";
import type { ChartOptions } from "./parts/shell.ts";

export interface HistogramOptions extends ChartOptions {
  readonly series: readonly { readonly name: string; readonly values: ArrayLike<number>; readonly colour?: string }[];
  /** Values outside its domain are left out, and counted in the share all the same. */
  readonly x: Axis;
  /** Default 40. */
  readonly bins?: number;
  /** "share": each series' bins as share of its own values (default); "count": as counts. */
  readonly of?: "share" | "count";
}

/** Distributions over one another, each an outline with its area: shares, so that a rare class is seen beside a common one. */
export function histogramChart(options: HistogramOptions): string {
  const { x, bins = 40, of = "share" } = options;
  const [from, to] = scaleOf(x, everyValue(options.series), [0, 1]).domain();
  const series = options.series.map((each): LineSeries => {
    const outline = outlineOf(each.values, from, to, bins, of);
    const points = outline.map(([at, high]): Point => [at, high]);
    return {
      name: each.name,
      points,
      band: outline.map(([at, high]) => [at, 0, high]),
      marks: false,
      ...(each.colour === undefined ? {} : { colour: each.colour }),
    };
  });
  const y: Axis = of === "share" ? { label: "Share of the class", format: asPercent } : { label: "Count" };
  return lineChart({ ...options, x: { ...x, domain: [from, to] }, y, series });
}

function* everyValue(series: HistogramOptions["series"]): Generator<number> {
  for (const { values } of series) for (let i = 0; i < values.length; i++) yield values[i];
}

function outlineOf(
  values: ArrayLike<number>,
  from: number,
  to: number,
  bins: number,
  of: "share" | "count",
): (readonly [number, number])[] {
  const counts = Array.from({ length: bins }, () => 0);
  let all = 0;
  for (let i = 0; i < values.length; i++) {
    if (!isDrawn(values[i])) continue;
    all++;
    if (values[i] < from || values[i] > to) continue;
    counts[Math.min(bins - 1, Math.floor(((values[i] - from) / (to - from)) * bins))]++;
  }
  const scale = of === "share" ? 1 / Math.max(1, all) : 1;
  const edge = (i: number): number => from + ((to - from) * i) / bins;
  return [
    [from, 0],
    ...counts.flatMap((count, i): [number, number][] => [
      [edge(i), count * scale],
      [edge(i + 1), count * scale],
    ]),
    [to, 0],
  ];
}
