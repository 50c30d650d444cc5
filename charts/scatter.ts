import { isDrawn, tag } from "./svg.ts";
import { colourOf } from "./parts/colours.ts";
import { type Axis, bottomRoom, leftRoom, type Scale, scaleOf, xAxis, yAxis } from "./parts/plot.ts";
import { type ChartOptions, heading, shell } from "./parts/shell.ts";

export interface ScatterSeries {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly colour?: string;
}

export interface ScatterOptions extends ChartOptions {
  readonly x: Axis;
  readonly y: Axis;
  /** Later ones are drawn over earlier ones: the rare class last. */
  readonly series: readonly ScatterSeries[];
  /** Dots of a series at most; default 1500. */
  readonly limit?: number;
}

/**
 * Dots of any number of points: of a series no two fall on the same 2 px, and where more than `limit` are left every
 * n-th is drawn. One path a series.
 */
export function scatterChart(options: ScatterOptions): string {
  const { width = 530, height = 420, series, limit = 1500, title } = options;
  const top = heading(title, width, series, "bar");
  const outer = { left: 0, right: width - 14, top: top.bottom + 6, bottom: height - bottomRoom(options.x) };
  const y = scaleOf(options.y, coordinates(series, 1), [outer.bottom, outer.top]);
  const box = { ...outer, left: leftRoom(options.y, y) };
  const x = scaleOf(options.x, coordinates(series, 0), [box.left, box.right]);
  const dots = series.map((each, i) =>
    tag("path", {
      class: "dots",
      d: thinned(each, x, y, limit)
        .map(([px, py]) => `M${px} ${py}h0`)
        .join(""),
      stroke: colourOf(each, i),
      "stroke-width": 3.4,
      "stroke-linecap": "round",
      "stroke-opacity": 0.7,
    }),
  );
  return shell(options, width, height, top.markup, yAxis(options.y, y, box), xAxis(options.x, x, box), ...dots);
}

function* coordinates(series: readonly ScatterSeries[], of: 0 | 1): Generator<number> {
  for (const { points } of series) for (const point of points) yield point[of];
}

/** Whole half-pixels of the dots to draw. */
function thinned({ points }: ScatterSeries, x: Scale, y: Scale, limit: number): (readonly [number, number])[] {
  const [left, right] = x.range();
  const [bottom, top] = y.range();
  const cells = new Map<number, readonly [number, number]>();
  for (const [atX, atY] of points) {
    const px = x(atX);
    const py = y(atY);
    if (!isDrawn(px) || !isDrawn(py) || px < left || px > right || py < top || py > bottom) continue;
    cells.set(Math.floor(px / 2) * 10_000 + Math.floor(py / 2), [Math.round(px * 2) / 2, Math.round(py * 2) / 2]);
  }
  const all = [...cells.values()];
  const step = Math.max(1, Math.ceil(all.length / limit));
  return all.filter((_, i) => i % step === 0);
}
