import { msg } from "@lit/localize";
import { symbol, symbolCircle, symbolDiamond2, symbolSquare2, symbolTimes, symbolTriangle, type SymbolType } from "d3";
import { css, html, svg } from "lit";
import { BEAT_CLASSES, type Beat, type BeatClass } from "../../../contracts/beat.ts";
import { classWords } from "../../words/readings.ts";
import { panel, shared } from "../../styles/shared.ts";
import { chartStyles } from "./chart.ts";
import { TimeChart } from "./time-chart.ts";

const SPAN_MS = 2 * 60_000;
const RANGE_MS: readonly [number, number] = [200, 1600];

const SHAPES: Readonly<Record<BeatClass, { type: SymbolType; size: number }>> = {
  N: { type: symbolCircle, size: 10 },
  S: { type: symbolSquare2, size: 34 },
  V: { type: symbolTriangle, size: 44 },
  F: { type: symbolDiamond2, size: 40 },
  Q: { type: symbolTimes, size: 34 },
};

type IntervalBeat = Beat & { readonly rrMs: number };

/** Each beat's RR interval over the last two minutes, its class by shape and colour. */
export class RrTachogram extends TimeChart {
  protected override render() {
    const { endMs } = this;
    const beats = this.bed.beats.filter(
      (beat): beat is IntervalBeat => beat.rrMs !== null && beat.timeMs >= endMs - SPAN_MS,
    );
    const frame = this.frame(endMs, SPAN_MS, RANGE_MS);
    const [least, most] = RANGE_MS;
    return html`
      <h2>
        ${msg("RR intervals, ms, last 2 minutes")}
        <span class="key"
          >${BEAT_CLASSES.map(
            (name) =>
              html`<span title=${classWords(name)}>
                <svg viewBox="-6 -6 12 12" class=${name} aria-hidden="true">${mark(name)}</svg>${name}
              </span>`,
          )}</span
        >
      </h2>
      ${this.plot(
        frame,
        { label: msg("RR intervals of the last two minutes"), everyMs: 30_000, unit: "s" },
        beats.map(({ timeMs, rrMs, beatClass }) => {
          const y = frame.y(Math.max(least, Math.min(most, rrMs)));
          return svg`<g class=${beatClass} transform="translate(${frame.x(timeMs)} ${y})">${mark(beatClass)}</g>`;
        }),
      )}
    `;
  }

  static override styles = [
    shared,
    panel,
    chartStyles,
    css`
      h2 {
        display: flex;
        justify-content: space-between;
      }
      .key {
        display: flex;
        gap: 10px;
        font-weight: 500;
      }
      .key span {
        display: flex;
        align-items: center;
        gap: 3px;
      }
      .key svg {
        position: static;
        width: 12px;
        height: 12px;
      }
      .N {
        fill: var(--beat-N);
      }
      .S {
        fill: var(--beat-S);
      }
      .V {
        fill: var(--beat-V);
      }
      .F {
        fill: var(--beat-F);
      }
      .Q {
        fill: none;
        stroke: var(--beat-Q);
        stroke-width: 1.5;
      }
    `,
  ];
}

function mark(beatClass: BeatClass) {
  const { type, size } = SHAPES[beatClass];
  return svg`<path d=${symbol(type, size)() ?? ""} />`;
}

customElements.define("rr-tachogram", RrTachogram);
