import { area, line } from "d3";
import { isDrawn, tag } from "./svg.ts";
import { colourOf, markAt } from "./parts/colours.ts";
import { type Axis, bottomRoom, type Box, leftRoom, type Scale, scaleOf, xAxis, yAxis } from "./parts/plot.ts";
import { type ChartOptions, heading, shell } from "./parts/shell.ts";

export type Point = readonly [x: number, y: number | null];
export type Band = readonly (readonly [x: number, low: number | null, high: number | null])[];

export interface LineSeries {
  readonly name: string;
  /** In the order in which they are joined; a y that is null or not a number breaks the line. */
  readonly points: readonly Point[];
  /** An interval around the line, or several (quantiles). */
  readonly band?: Band;
  readonly bands?: readonly Band[];
  readonly dashed?: boolean;
  /** A beat's class (N S V F Q O) or a CSS colour; default: by name, or by place. */
  readonly colour?: string;
  /** Marks at the points; default: where there are at most 24. */
  readonly marks?: boolean;
}

export interface LineChartOptions extends ChartOptions {
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly LineSeries[];
}

const FEW = 24;
const bandsOf = ({ band, bands = [] }: LineSeries): readonly Band[] => (band ? [...bands, band] : bands);

/** Lines over a numeric x, with intervals: curves over thresholds, severities, time. */
export function lineChart(options: LineChartOptions): string {
  const { width = 530, height = 320, series, title } = options;
  const top = heading(title, width, series, "line");
  const box = { left: 0, right: width - 14, top: top.bottom + 6, bottom: height - bottomRoom(options.x) };
  return shell(options, width, height, top.markup, plotLines(options, box));
}

/** Axes and lines within `box`; its left edge moves in for the figures of the y axis. */
export function plotLines({ x, y, series }: Pick<LineChartOptions, "x" | "y" | "series">, outer: Box): string {
  const scaleY = scaleOf(y, yValues(series), [outer.bottom, outer.top]);
  const box = { ...outer, left: outer.left + leftRoom(y, scaleY) };
  const scaleX = scaleOf(x, xValues(series), [box.left, box.right]);
  return [
    yAxis(y, scaleY, box),
    xAxis(x, scaleX, box),
    ...series.map((each, i) => drawBands(each, i, scaleX, scaleY)),
    ...series.map((each, i) => drawLine(each, i, scaleX, scaleY)),
  ].join("");
}

/** Whether a value has a place on the scale: a logarithmic one has none for 0. */
const isWithin = (scale: Scale, value: number | null): boolean => isDrawn(value) && isDrawn(scale(value));

function drawBands(series: LineSeries, index: number, x: Scale, y: Scale): string {
  const shape = area<Band[number]>()
    .defined(([at, low, high]) => isWithin(x, at) && isWithin(y, low) && isWithin(y, high))
    .x(([at]) => x(at))
    .y0(([, low]) => y(low ?? 0))
    .y1(([, , high]) => y(high ?? 0))
    .digits(2);
  return bandsOf(series)
    .map((band) =>
      tag("path", { class: "band", d: shape(band) ?? "", fill: colourOf(series, index), "fill-opacity": 0.16 }),
    )
    .join("");
}

function drawLine(series: LineSeries, index: number, x: Scale, y: Scale): string {
  const shown = series.points.filter(([at, value]) => isWithin(x, at) && isWithin(y, value));
  const path = line<Point>()
    .defined(([at, value]) => isWithin(x, at) && isWithin(y, value))
    .x(([at]) => x(at))
    .y(([, value]) => y(value ?? 0))
    .digits(2);
  const marks = series.marks ?? shown.length <= FEW;
  return (
    tag("path", {
      class: "line",
      d: path(series.points) ?? "",
      fill: "none",
      stroke: colourOf(series, index),
      "stroke-width": 2,
      "stroke-linejoin": "round",
      "stroke-dasharray": series.dashed ? "5 4" : undefined,
    }) + (marks ? shown.map(([at, value]) => markAt(series, index, x(at), y(value ?? 0))).join("") : "")
  );
}

/** Every x of the series and their bands. */
export function* xValues(series: readonly LineSeries[]): Generator<number> {
  for (const each of series) {
    for (const [at] of each.points) yield at;
    for (const band of bandsOf(each)) for (const [at] of band) yield at;
  }
}

/** Every y of the series and their bands. */
export function* yValues(series: readonly LineSeries[]): Generator<number> {
  for (const each of series) {
    for (const [, value] of each.points) if (value !== null) yield value;
    for (const band of bandsOf(each)) {
      for (const [, low, high] of band) {
        if (low !== null) yield low;
        if (high !== null) yield high;
      }
    }
  }
}
