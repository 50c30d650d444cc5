import { type ScaleLinear, scaleLinear } from "d3";
import { css, svg } from "lit";
import { timeOfDay } from "../../format.ts";

/** Room around a chart's plot, CSS px. */
const MARGIN = { top: 6, right: 10, bottom: 22, left: 40 } as const;

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

/** Lines and figures of both axes; times stand at whole multiples of `everyMs`. */
export function axes({ x, y, width, height }: ChartFrame, everyMs: number) {
  const [from, to] = x.domain();
  const times: number[] = [];
  for (let at = Math.ceil(from / everyMs) * everyMs; at <= to; at += everyMs) times.push(at);
  const bottom = height - MARGIN.bottom;
  return svg`
    ${y.ticks(5).map(
      (value) => svg`
        <line class="rule" x1=${MARGIN.left} x2=${width - MARGIN.right} y1=${y(value)} y2=${y(value)} />
        <text class="figure" x=${MARGIN.left - 6} y=${y(value)} dy="0.35em" text-anchor="end">${value}</text>`,
    )}
    ${times.map(
      (at) => svg`
        <line class="rule" x1=${x(at)} x2=${x(at)} y1=${MARGIN.top} y2=${bottom} />
        <text class="figure" x=${x(at)} y=${bottom + 15} text-anchor="middle"
          visibility=${x(at) < MARGIN.left + 24 || x(at) > width - MARGIN.right - 22 ? "hidden" : "visible"}
        >${timeOfDay(at).slice(0, 5)}</text>`,
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
