import { escapeText, tag } from "../svg.ts";
import { colourOf, markAt } from "./colours.ts";
import { label, textWidth, wrap } from "./text.ts";

/** What every chart takes. Sizes in px; a page may draw at its own width, so that text is never scaled. */
export interface ChartOptions {
  /** Drawn above the plot, and what a screen reader calls the chart. */
  readonly title: string;
  /** What the chart shows, in a sentence, for who can't see it. */
  readonly description?: string;
  /** Default 530, so that two stand beside one another in a report. */
  readonly width?: number;
  readonly height?: number;
}

export interface LegendEntry {
  readonly name: string;
  readonly colour?: string;
  readonly dashed?: boolean;
  /** false: no mark on the line. */
  readonly marks?: boolean;
}

export type LegendKind = "line" | "mark" | "bar";

const TITLE_PX = 14;
const LINE_PX = 18;

/** Title and legend at the top of a chart, and how far down they reach, px. */
export function heading(
  title: string,
  width: number,
  entries: readonly LegendEntry[],
  kind: LegendKind,
): { readonly markup: string; readonly bottom: number } {
  const lines = wrap(title, width - 8, TITLE_PX);
  const parts = lines.map((line, i) => label(line, { x: 2, y: 11 + i * LINE_PX, size: TITLE_PX, weight: 600 }));
  let y = 4 + lines.length * LINE_PX;
  if (entries.length > 1) {
    let x = 2;
    y += 10;
    entries.forEach((entry, i) => {
      const room = 26 + textWidth(entry.name) + 14;
      if (x > 2 && x + room > width) {
        x = 2;
        y += LINE_PX;
      }
      parts.push(swatch(entry, i, kind, x, y), label(entry.name, { x: x + 26, y, dim: true }));
      x += room;
    });
    y += 10;
  }
  return { markup: parts.join(""), bottom: y + 2 };
}

function swatch(entry: LegendEntry, index: number, kind: LegendKind, x: number, y: number): string {
  const colour = colourOf(entry, index);
  if (kind === "bar") return tag("rect", { x: x + 4, y: y - 6, width: 14, height: 12, rx: 2, fill: colour });
  if (kind === "mark") return markAt(entry, index, x + 11, y);
  return [
    tag("line", {
      x1: x,
      x2: x + 22,
      y1: y,
      y2: y,
      stroke: colour,
      "stroke-width": 2,
      "stroke-dasharray": entry.dashed ? "5 4" : undefined,
    }),
    entry.marks === false ? "" : markAt(entry, index, x + 11, y),
  ].join("");
}

/** The SVG element around a chart, named and described for a screen reader. */
export function shell(
  { title, description }: Pick<ChartOptions, "title" | "description">,
  width: number,
  height: number,
  ...content: readonly string[]
): string {
  const name = title || description || "Chart";
  return tag(
    "svg",
    {
      class: "chart",
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: "img",
      "aria-label": name,
      "font-family": "inherit",
    },
    tag("title", {}, escapeText(name)),
    tag("desc", {}, escapeText(description ?? name)),
    ...content,
  );
}

/** What stands where there is nothing to draw. */
export function emptyChart(options: ChartOptions, width: number, why = "nothing to show"): string {
  const { markup, bottom } = heading(options.title, width, [], "line");
  return shell(options, width, bottom + 40, markup, label(why, { x: 2, y: bottom + 16, dim: true }));
}
