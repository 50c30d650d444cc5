import { msg, str } from "@lit/localize";
import { css, nothing, svg } from "lit";
import { decimals } from "../../../../kit/figures.ts";
import {
  type Callipers,
  differenceMv,
  type Edge,
  intervalMs,
  levelOf,
  marchOut,
  ratePerMin,
} from "../../../trace/frozen/callipers.ts";
import type { FrozenLead } from "../../../trace/frozen/frozen-signal.ts";
import { type Strip, xOfPosition, yOfMillivolts } from "../../../trace/frozen/strip.ts";

/** CSS pixels: a grip, where readings stand, and their size. */
const GRIP = { along: 22, across: 10 } as const;
const READING = { y: 40, interval: 20, difference: 15, below: 20 } as const;
/** Half of the longest words of an interval. */
const INTERVAL_HALF_PX = 115;

/** What a lead's callipers are drawn of. */
export interface MeasuredLead {
  readonly callipers: Callipers;
  readonly strip: Strip;
  readonly lead: number;
  readonly shown: FrozenLead;
  readonly marchesOut: boolean;
}

/** An interval in words, e.g. "812 ms · 73.9 /min". */
function intervalWords(callipers: Callipers, rateHz: number): string {
  const ms = intervalMs(callipers, rateHz);
  const rate = ratePerMin(ms);
  return `${decimals(ms, 0)} ms · ${rate === null ? "–" : decimals(rate, 1)} /min`;
}

/** With its sign, e.g. "−0.42 mV". */
function millivoltWords(mv: number | null): string {
  if (mv === null) return "– mV";
  const figure = decimals(Math.abs(mv), 2);
  return `${Number(figure) === 0 ? "" : mv < 0 ? "−" : "+"}${figure} mV`;
}

/** The edges over one lead, in device pixels, each a slider; those in time are reached by Tab in the first lead alone. */
export function renderEdges(measured: MeasuredLead, onKey: (edge: Edge, event: KeyboardEvent) => void) {
  const { callipers, strip, lead, marchesOut } = measured;
  const { left, width, height, ratio } = strip.geometry;
  return svg`<svg class="edges" viewBox="0 0 ${left + width} ${height}" preserveAspectRatio="none" stroke-width=${1.5 * ratio}>
    ${
      marchesOut
        ? marchOut(callipers, strip).map((at) => {
            const x = xOfPosition(strip, at);
            return svg`<line class="march" x1=${x} x2=${x} y1="0" y2=${height} />`;
          })
        : nothing
    }
    ${([0, 1] as const).map((which) => renderTime(measured, which, onKey))}
    ${([0, 1] as const).map((which) => renderLevel(measured, which, onKey))}
    ${lead === 0 ? renderInterval(measured) : nothing}
    ${renderDifference(measured)}
  </svg>`;
}

function renderTime({ callipers, strip, lead }: MeasuredLead, which: 0 | 1, onKey: KeyTaker) {
  const position = callipers.times[which];
  const { height, ratio, left, width } = strip.geometry;
  const x = xOfPosition(strip, position);
  const isSeen = x >= left && x <= left + width;
  const [across, along] = [GRIP.across * ratio, GRIP.along * ratio];
  return svg`<g
    class="edge time"
    role="slider"
    tabindex=${lead === 0 ? 0 : -1}
    data-edge="time-${which}"
    aria-label=${which === 0 ? msg("First edge in time") : msg("Second edge in time")}
    aria-valuemin="0"
    aria-valuemax=${strip.to}
    aria-valuenow=${position}
    aria-valuetext=${msg(str`${decimals((strip.to - position) / strip.rateHz, 3)} s before the right edge; interval ${intervalWords(callipers, strip.rateHz)}`)}
    @keydown=${(event: KeyboardEvent) => onKey({ kind: "time", which }, event)}
  >${
    isSeen
      ? svg`<line x1=${x} x2=${x} y1="0" y2=${height} />
        <rect x=${x - across / 2} y=${height - along} width=${across} height=${along} rx=${3 * ratio} />`
      : nothing
  }</g>`;
}

type KeyTaker = (edge: Edge, event: KeyboardEvent) => void;

function renderLevel({ callipers, strip, lead, shown }: MeasuredLead, which: 0 | 1, onKey: KeyTaker) {
  const level = levelOf(callipers, lead, which, shown.samples);
  if (level === null) return nothing;
  const { left, width, ratio } = strip.geometry;
  const y = yOfMillivolts(strip, level);
  const [across, along] = [GRIP.across * ratio, GRIP.along * ratio];
  const isOwn = callipers.levels[lead][which] !== null;
  return svg`<g
    class="edge level ${isOwn ? "own" : ""}"
    role="slider"
    tabindex="0"
    data-edge="level-${which}"
    aria-label=${which === 0 ? msg(str`${shown.name}: first edge in voltage`) : msg(str`${shown.name}: second edge in voltage`)}
    aria-orientation="vertical"
    aria-valuemin="-10"
    aria-valuemax="10"
    aria-valuenow=${decimals(level, 3)}
    aria-valuetext=${msg(str`${millivoltWords(level)}; difference ${millivoltWords(differenceMv(callipers, lead, shown.samples))}`)}
    @keydown=${(event: KeyboardEvent) => onKey({ kind: "level", which }, event)}
  >
    <line x1=${left} x2=${left + width} y1=${y} y2=${y} />
    <rect x=${left + width - (1 + which) * (along + 4 * ratio)} y=${y - across / 2} width=${along} height=${across} rx=${3 * ratio} />
  </g>`;
}

/** Between the edges in time, and within the strip. */
function renderInterval({ callipers, strip }: MeasuredLead) {
  const { left, width, ratio } = strip.geometry;
  const middle = (xOfPosition(strip, callipers.times[0]) + xOfPosition(strip, callipers.times[1])) / 2;
  const half = INTERVAL_HALF_PX * ratio;
  const x = Math.min(Math.max(middle, left + half), left + width - half);
  return svg`<text class="reading" data-testid="interval" x=${x} y=${READING.y * ratio} font-size=${READING.interval * ratio} stroke-width=${4 * ratio}
    text-anchor="middle">${intervalWords(callipers, strip.rateHz)}</text>`;
}

function renderDifference({ callipers, strip, lead, shown }: MeasuredLead) {
  const { left, width, ratio } = strip.geometry;
  const y = (lead === 0 ? READING.y + READING.below : READING.y) * ratio;
  return svg`<text class="reading" data-testid="difference" x=${left + width - 8 * ratio} y=${y} font-size=${READING.difference * ratio}
    stroke-width=${4 * ratio} text-anchor="end">Δ ${millivoltWords(differenceMv(callipers, lead, shown.samples))}</text>`;
}

export const edgeStyles = css`
  .edges {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    pointer-events: none;
  }
  .edge {
    stroke: var(--focus);
    fill: var(--focus);
    outline: none;
  }
  .level {
    stroke-dasharray: 2 4;
  }
  .edge rect {
    stroke-dasharray: none;
  }
  .level.own {
    stroke-dasharray: none;
  }
  .march {
    stroke: var(--focus);
    stroke-opacity: 0.45;
    stroke-dasharray: 2 5;
  }
  .edge:focus-visible line {
    stroke-width: 0.2rem;
    stroke-dasharray: none;
  }
  .edge:focus-visible rect {
    stroke: var(--ink);
    stroke-width: 0.15rem;
  }
  .reading {
    fill: var(--ink);
    stroke: var(--panel);
    paint-order: stroke;
    font-weight: 650;
  }
`;
