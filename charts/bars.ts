import { scaleBand } from "d3";
import { escapeText, isDrawn, tag } from "./svg.ts";
import { colourOf, INK } from "./parts/colours.ts";
import { type Axis, leftRoom, scaleOf, xAxis, yAxis } from "./parts/plot.ts";
import { type ChartOptions, emptyChart, heading, shell } from "./parts/shell.ts";
import { cutTo, label, textWidth } from "./parts/text.ts";

export interface BarSeries {
  readonly name: string;
  /** One a category; null: no bar. */
  readonly values: readonly (number | null)[];
  /** One a category, where known: [low, high]. */
  readonly intervals?: readonly (readonly [number, number] | null)[];
  readonly colour?: string;
  /** A colour a category, as colour above: a single series over beat classes. */
  readonly colours?: readonly string[];
}

export interface BarChartOptions extends ChartOptions {
  readonly categories: readonly string[];
  readonly series: readonly BarSeries[];
  /** The axis of the values; without a domain it includes 0. */
  readonly value: Axis;
  /** Name of the categories' axis. */
  readonly categoryLabel?: string;
  readonly horizontal?: boolean;
  /** Text at a bar's end; default none. */
  readonly text?: (value: number) => string;
}

/** Bars of one or more series a category, with whiskers where there are intervals. */
export function barChart(options: BarChartOptions): string {
  const { width = 530, categories, series, title } = options;
  if (categories.length === 0 || series.length === 0) return emptyChart(options, width);
  const top = heading(title, width, series, "bar");
  const values = [0, ...series.flatMap((each) => [...each.values, ...(each.intervals ?? []).flatMap((i) => i ?? [])])];
  const drawn = values.filter(isDrawn).filter((value) => options.value.scale !== "log" || value > 0);
  return options.horizontal ? lying(options, top, drawn) : standing(options, top, drawn);
}

type Top = ReturnType<typeof heading>;

function lying(options: BarChartOptions, top: Top, drawn: readonly number[]): string {
  const { width = 530, categories, series, value } = options;
  const height = options.height ?? top.bottom + 48 + categories.length * Math.max(20, series.length * 14 + 8);
  const widest = Math.min(width * 0.4, Math.max(...categories.map((name) => textWidth(name))) + 8);
  const box = {
    left: widest + 8,
    right: width - (options.text ? 52 : 16),
    top: top.bottom + 4,
    bottom: height - 42,
  };
  const along = scaleOf(value, drawn, [box.left, box.right]);
  const bands = scaleBand(categories.keys(), [box.top, box.bottom]).padding(0.2);
  const within = scaleBand(series.keys(), [0, bands.bandwidth()]).padding(0.06);
  const zero = baseOf(options, along);
  const bars = categories.map((name, c) => {
    const at = bands(c) ?? 0;
    const named = label(cutTo(name, widest), { x: box.left - 6, y: at + bands.bandwidth() / 2, anchor: "end" });
    const own = series.map((each, s) => {
      const v = each.values[c];
      if (!isDrawn(v)) return "";
      const y = at + (within(s) ?? 0);
      const end = along(v);
      const size = { x: Math.min(zero, end), y, width: Math.abs(end - zero), height: within.bandwidth() };
      const middle = y + within.bandwidth() / 2;
      const whisker = each.intervals?.[c];
      const beyond = whisker ? Math.max(end, along(whisker[1])) : end;
      return (
        bar(each, s, c, size, `${name}, ${each.name}: ${written(options, v)}`) +
        (whisker ? whiskers([along(whisker[0]), middle], [along(whisker[1]), middle], true) : "") +
        (options.text ? label(options.text(v), { x: beyond + 5, y: middle, size: 11, dim: true }) : "")
      );
    });
    return named + own.join("");
  });
  return shell(options, width, height, top.markup, xAxis(value, along, box), ...bars);
}

function standing(options: BarChartOptions, top: Top, drawn: readonly number[]): string {
  const { width = 530, height = 320, categories, series, value, categoryLabel = "" } = options;
  const widest = Math.max(...categories.map((name) => textWidth(name)));
  const left = leftRoom(value, scaleOf(value, drawn, [height, top.bottom]));
  const turned = widest > (width - left - 14) / categories.length - 4;
  const room = (turned ? Math.min(90, widest * 0.75 + 12) : 22) + (categoryLabel ? 20 : 0);
  const box = { left, right: width - 14, top: top.bottom + (options.text ? 18 : 6), bottom: height - room };
  const up = scaleOf(value, drawn, [box.bottom, box.top]);
  const bands = scaleBand(categories.keys(), [box.left, box.right]).padding(0.2);
  const within = scaleBand(series.keys(), [0, bands.bandwidth()]).padding(0.06);
  const zero = baseOf(options, up);
  const bars = categories.map((name, c) => {
    const at = bands(c) ?? 0;
    const middle = at + bands.bandwidth() / 2;
    const named = turned
      ? label(cutTo(name, 110), { x: middle, y: box.bottom + 10, anchor: "end", turn: -45 })
      : label(name, { x: middle, y: box.bottom + 12, anchor: "middle" });
    const own = series.map((each, s) => {
      const v = each.values[c];
      if (!isDrawn(v)) return "";
      const x = at + (within(s) ?? 0);
      const end = up(v);
      const size = { x, y: Math.min(zero, end), width: within.bandwidth(), height: Math.abs(end - zero) };
      const centre = x + within.bandwidth() / 2;
      const whisker = each.intervals?.[c];
      const beyond = whisker ? Math.min(end, up(whisker[1])) : end;
      return (
        bar(each, s, c, size, `${name}, ${each.name}: ${written(options, v)}`) +
        (whisker ? whiskers([centre, up(whisker[0])], [centre, up(whisker[1])], false) : "") +
        (options.text
          ? label(options.text(v), { x: centre, y: beyond - 9, anchor: "middle", size: 11, dim: true })
          : "")
      );
    });
    return named + own.join("");
  });
  const name = label(categoryLabel, { x: (box.left + box.right) / 2, y: height - 9, anchor: "middle", dim: true });
  return shell(options, width, height, top.markup, yAxis(value, up, box), ...bars, categoryLabel ? name : "");
}

const written = ({ text, value }: BarChartOptions, v: number): string => (text ?? value.format ?? String)(v);

/** Where bars begin: at 0, or at the axis's first value where it has no 0 (a logarithmic one). */
function baseOf({ value }: BarChartOptions, scale: ReturnType<typeof scaleOf>): number {
  const [from, to] = scale.domain();
  return value.scale === "log" ? scale(from) : scale(Math.min(Math.max(0, Math.min(from, to)), Math.max(from, to)));
}

function bar(
  series: BarSeries,
  s: number,
  c: number,
  size: Record<"x" | "y" | "width" | "height", number>,
  said: string,
) {
  const colour = series.colours?.[c] ?? series.colour;
  const fill = colourOf(colour === undefined ? { name: series.name } : { name: series.name, colour }, s);
  return tag("rect", { class: "bar", ...size, fill }, tag("title", {}, escapeText(said)));
}

type Spot = readonly [number, number];

/** A line from a to b with a cap at both ends. */
function whiskers([ax, ay]: Spot, [bx, by]: Spot, lies: boolean): string {
  const cap = (x: number, y: number): string => (lies ? `M${x} ${y - 3}v6` : `M${x - 3} ${y}h6`);
  const d = `M${ax} ${ay}L${bx} ${by}${cap(ax, ay)}${cap(bx, by)}`.replace(/\d+\.\d+/g, (n) => Number(n).toFixed(2));
  return tag("path", { class: "whisker", d, fill: "none", stroke: INK, "stroke-width": 1.2 });
}
