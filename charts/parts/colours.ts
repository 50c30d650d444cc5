import {
  symbol,
  symbolCircle,
  symbolDiamond2,
  symbolSquare2,
  symbolTimes,
  symbolTriangle,
  symbolWye,
  type SymbolType,
} from "d3";
import { tag } from "../svg.ts";

/** Colours of text, lines and cells: the page's custom properties, or what stands on white where a page has none. */
export const INK = "var(--ink, #17222c)";
export const INK_DIM = "var(--ink-dim, #55636f)";
export const RULE = "var(--chart-rule, rgb(120 140 160 / 0.3))";
export const HEAT = "var(--chart-right, #7db8f5)";
export const HEAT_WRONG = "var(--chart-wrong, #f5a86a)";

/** The classes as the dashboard's style sheet has them (--beat-N and so on). */
const CLASS_COLOURS: Readonly<Record<string, string>> = {
  N: "var(--beat-N, #5b7183)",
  S: "var(--beat-S, #7a5af0)",
  V: "var(--beat-V, #d02f86)",
  F: "var(--beat-F, #cf5f10)",
  Q: "var(--beat-Q, #8895a0)",
  O: "var(--ink-dim, #55636f)",
};

const SERIES_COLOURS = ["#0a6fb8", "#c4560a", "#0c8a66", "#a34a8a", "#86700a", "#3a5ad0"].map(
  (fallback, i) => `var(--chart-${i + 1}, ${fallback})`,
);

/** A series' colour: `colour` or the name may be a beat's class (N S V F Q O); any other `colour` is CSS; else by place. */
export function colourOf(series: { readonly name: string; readonly colour?: string }, index: number): string {
  const { name, colour = name } = series;
  if (Object.hasOwn(CLASS_COLOURS, colour)) return CLASS_COLOURS[colour];
  return series.colour ?? SERIES_COLOURS[index % SERIES_COLOURS.length];
}

const CLASS_SHAPES: Readonly<Record<string, number>> = { N: 0, S: 1, V: 2, F: 3, Q: 4 };
const SHAPES: readonly (readonly [SymbolType, number])[] = [
  [symbolCircle, 34],
  [symbolSquare2, 36],
  [symbolTriangle, 44],
  [symbolDiamond2, 42],
  [symbolTimes, 36],
  [symbolWye, 42],
];

/** A series' mark at (x, y), so that colour is not all that tells series apart; classes as in the tachogram. */
export function markAt(
  series: { readonly name: string; readonly colour?: string },
  index: number,
  x: number,
  y: number,
): string {
  const shape = CLASS_SHAPES[series.colour ?? series.name] ?? CLASS_SHAPES[series.name] ?? index;
  const [type, size] = SHAPES[shape % SHAPES.length];
  const colour = colourOf(series, index);
  const isOpen = type === symbolTimes;
  return tag("path", {
    d: symbol(type, size).digits(2)() ?? "",
    transform: `translate(${x.toFixed(2)} ${y.toFixed(2)})`,
    fill: isOpen ? "none" : colour,
    stroke: isOpen ? colour : undefined,
    "stroke-width": isOpen ? 1.8 : undefined,
  });
}
