import { msg } from "@lit/localize";
import { type ScaleLinear, scaleLinear } from "d3";
import { css, svg } from "lit";

/** Room around a chart's plot, CSS px. */
const MARGIN = { top: 6, right: 12, bottom: 22, left: 40 } as const;

/** Height of a chart's heading. */
export const HEADING_PX = 26;

export interface ChartFrame {
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
  readonly width: number;
  readonly height: number;
}

/** Scales for a plot of the last `spanMs` up to `endMs` (Unix ms) in a box of `width` × `height` px. */
export function chartFrame(
  box: { readonly width: number; readonly height: number },
  endMs: number,
  spanMs: number,
  valueRange: readonly [number, number],
): ChartFrame {
  const width = Math.max(80, box.width);
  const height = Math.max(60, box.height);
  return {
    width,
    height,
    x: scaleLinear([endMs - spanMs, endMs], [MARGIN.left, width - MARGIN.right]),
    y: scaleLinear(valueRange, [height - MARGIN.bottom, MARGIN.top]).nice(5),
  };
}

/** Lines and figures of both axes; times stand at fixed places, `everyMs` apart, as how long ago they were. */
export function axes({ x, y, width, height }: ChartFrame, everyMs: number, unit: "min" | "s") {
  const [from, to] = x.domain();
  const bottom = height - MARGIN.bottom;
  const ago = Array.from({ length: Math.floor((to - from) / everyMs) + 1 }, (_, index) => index * everyMs);
  return svg`
    ${y.ticks(5).map(
      (value) => svg`
        <line class="rule" x1=${MARGIN.left} x2=${width - MARGIN.right} y1=${y(value)} y2=${y(value)} />
        <text class="figure" x=${MARGIN.left - 6} y=${y(value)} dy="0.35em" text-anchor="end">${value}</text>`,
    )}
    ${ago.map(
      (ms) => svg`
        <line class="rule" x1=${x(to - ms)} x2=${x(to - ms)} y1=${MARGIN.top} y2=${bottom} />
        <text class="figure" x=${x(to - ms)} y=${bottom + 15} text-anchor="middle">${
          ms === 0 ? msg("now") : `−${ms / (unit === "min" ? 60_000 : 1000)} ${unit}`
        }</text>`,
    )}`;
}

export const chartStyles = css`
  :host {
    display: flex;
    flex-direction: column;
  }
  .plot {
    flex: 1;
    min-height: 0;
    position: relative;
  }
  svg {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    overflow: hidden;
  }
  .rule {
    stroke: var(--grid-bold);
    shape-rendering: crispEdges;
  }
  .figure {
    fill: var(--ink-dim);
    font-size: 11px;
  }
`;
