import { scaleLinear, scaleLog, type ScaleContinuousNumeric } from "d3";
import { isDrawn, tag } from "../svg.ts";
import { RULE } from "./colours.ts";
import { cutTo, label, textWidth } from "./text.ts";

export interface Axis {
  /** With its unit, as in "RR, ms". */
  readonly label: string;
  /** Default: all of the data, to round values. First above last runs from right to left (24 → −6 dB). */
  readonly domain?: readonly [number, number];
  readonly ticks?: readonly number[];
  /** A tick's text; default: as d3 writes it. */
  readonly format?: (value: number) => string;
  /** "log" leaves out what is not above 0. */
  readonly scale?: "linear" | "log";
}

/** "0.5" as "50 %": for axes of fractions. */
export const asPercent = (value: number): string => `${Number((value * 100).toFixed(1))} %`;

export type Scale = ScaleContinuousNumeric<number, number>;

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The range of values for an axis: its own, or that of the data; never empty. */
function domainOf({ domain, scale }: Axis, values: Iterable<number>): [number, number] {
  if (domain) return [domain[0], domain[1]];
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!isDrawn(value) || (scale === "log" && value <= 0)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return scale === "log" ? [1, 10] : [0, 1];
  if (low === high) return scale === "log" ? [low / 2, high * 2] : [low - 0.5, high + 0.5];
  return [low, high];
}

/** A scale from the axis's values to px; without a domain of its own it ends at round values. */
export function scaleOf(axis: Axis, values: Iterable<number>, range: readonly [number, number]): Scale {
  const scale = axis.scale === "log" ? scaleLog() : scaleLinear();
  scale.domain(domainOf(axis, values)).range(range);
  return axis.domain ? scale : scale.nice();
}

/** Ticks about `everyPx` apart, those the axis names where it does. */
function ticksOf(axis: Axis, scale: Scale, everyPx: number): { value: number; text: string }[] {
  const [from, to] = scale.range();
  const count = Math.max(2, Math.round(Math.abs(to - from) / everyPx));
  const [a, b] = scale.domain();
  const inside = (value: number): boolean => value >= Math.min(a, b) && value <= Math.max(a, b);
  const values = (axis.ticks ?? scale.ticks(count)).filter(inside);
  const write = axis.format ?? scale.tickFormat(count);
  return values.map((value) => ({ value, text: write(value) }));
}

/** Room for the y axis's figures and name, px. */
export function leftRoom(axis: Axis, scale: Scale): number {
  const widest = Math.max(...ticksOf(axis, scale, 44).map(({ text }) => textWidth(text)), 12);
  return Math.ceil(widest + 10 + (axis.label === "" ? 0 : 20));
}

/** Room for the x axis's figures and name, px. */
export const bottomRoom = (axis: Axis): number => (axis.label === "" ? 22 : 42);

/** Rules, figures and name of a y axis. */
export function yAxis(axis: Axis, scale: Scale, { left, right, top, bottom }: Box): string {
  const rules = ticksOf(axis, scale, 44).map(({ value, text }) => {
    const y = scale(value);
    return (
      tag("line", { x1: left, x2: right, y1: y, y2: y, stroke: RULE }) +
      label(text, { x: left - 6, y, anchor: "end", dim: true })
    );
  });
  const name = cutTo(axis.label, bottom - top + 24);
  const middle = { x: 9, y: (top + bottom) / 2, anchor: "middle", turn: -90, dim: true } as const;
  return rules.join("") + (axis.label === "" ? "" : label(name, middle));
}

/** Rules, figures and name of an x axis. */
export function xAxis(axis: Axis, scale: Scale, { left, right, top, bottom }: Box): string {
  const widest = Math.max(...ticksOf(axis, scale, 80).map(({ text }) => textWidth(text)), 20);
  const rules = ticksOf(axis, scale, Math.max(80, widest + 24)).map(({ value, text }) => {
    const x = scale(value);
    return (
      tag("line", { x1: x, x2: x, y1: top, y2: bottom, stroke: RULE }) +
      label(text, { x, y: bottom + 12, anchor: "middle", dim: true })
    );
  });
  const name = cutTo(axis.label, right - left + 40);
  const middle = { x: (left + right) / 2, y: bottom + 31, anchor: "middle", dim: true } as const;
  return rules.join("") + (axis.label === "" ? "" : label(name, middle));
}
