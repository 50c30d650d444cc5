import { type LineSeries, plotLines, xValues, yValues } from "./lines.ts";
import { type Axis, scaleOf } from "./parts/plot.ts";
import { type ChartOptions, heading, shell } from "./parts/shell.ts";
import { cutTo, label } from "./parts/text.ts";

export interface Panel {
  readonly title: string;
  readonly series: readonly LineSeries[];
}

export interface MultiplesOptions extends Omit<ChartOptions, "height"> {
  readonly x: Axis;
  readonly y: Axis;
  readonly panels: readonly Panel[];
  /** Default: as many as stand 200 px wide. */
  readonly columns?: number;
  /** Default 170. */
  readonly panelHeight?: number;
  /** Default: the series' names of the first panel, once each. */
  readonly legend?: readonly { readonly name: string; readonly colour?: string; readonly dashed?: boolean }[];
}

const CAPTION_PX = 20;

/** The same small chart again and again on the same axes: a mean beat a class, a gallery of beats, a curve a record. */
export function smallMultiples(options: MultiplesOptions): string {
  const { width = 530, panels, panelHeight = 170, title } = options;
  const columns = Math.min(options.columns ?? Math.max(1, Math.floor(width / 200)), Math.max(1, panels.length));
  const top = heading(title, width, options.legend ?? panels.at(0)?.series ?? [], "line");
  const all = panels.flatMap(({ series }) => series);
  const x = fixed(options.x, xValues(all));
  const y = fixed(options.y, yValues(all));
  const cell = width / columns;
  const rows = Math.ceil(panels.length / columns);
  const height = top.bottom + rows * panelHeight + 22;
  const drawn = panels.map(({ title: name, series }, i) => {
    const left = (i % columns) * cell;
    const above = top.bottom + Math.floor(i / columns) * panelHeight;
    const box = { left, right: left + cell - 14, top: above + CAPTION_PX, bottom: above + panelHeight - 24 };
    const caption = label(cutTo(name, cell - 16), { x: left + 4, y: above + 8, weight: 600 });
    return caption + plotLines({ x: { ...x, label: "" }, y: { ...y, label: "" }, series }, box);
  });
  const axes = [options.y.label && `up: ${options.y.label}`, options.x.label && `across: ${options.x.label}`];
  const note = label(axes.filter(Boolean).join(" · "), { x: 2, y: height - 10, dim: true });
  return shell(options, width, height, top.markup, ...drawn, note);
}

/** The axis with one domain for all panels. */
function fixed(axis: Axis, values: Iterable<number>): Axis {
  const [from, to] = scaleOf(axis, values, [0, 1]).domain();
  return { ...axis, domain: [from, to] };
}
