import { symbol, symbolCircle, symbolDiamond2, symbolSquare2, symbolTimes, symbolTriangle, type SymbolType } from "d3";
import { css, html, LitElement, svg } from "lit";
import type { Beat, BeatClass } from "../../../contracts/beat.ts";
import { everySecond } from "../../controllers/every-second.ts";
import { Size } from "../../controllers/size.ts";
import { follow } from "../../controllers/follow.ts";
import { panel, shared } from "../../styles/shared.ts";
import type { BedState } from "../../ward/bed-state.ts";
import type { Ward } from "../../ward/ward.ts";
import { CLASS_WORDS } from "../../../charts/model-report/words.ts";
import { axes, chartFrame, chartStyles, HEADING_PX } from "./chart.ts";

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
export class RrTachogram extends LitElement {
  static override properties = { ward: { attribute: false }, bed: { attribute: false } };
  declare ward: Ward;
  declare bed: BedState;
  private readonly size = new Size(this);

  constructor() {
    super();
    follow(this, everySecond);
  }

  protected override render() {
    const endMs = this.bed.eventNowMs(performance.now());
    const beats = this.bed.beats.filter(
      (beat): beat is IntervalBeat => beat.rrMs !== null && beat.timeMs >= endMs - SPAN_MS,
    );
    const frame = chartFrame(
      { width: this.size.width, height: this.size.height - HEADING_PX },
      endMs,
      SPAN_MS,
      RANGE_MS,
    );
    const [least, most] = RANGE_MS;
    return html`
      <h2>
        RR intervals, ms, last 2 minutes
        <span class="key"
          >${(["N", "S", "V", "F", "Q"] as const).map(
            (name) =>
              html`<span title=${CLASS_WORDS[name]}>
                <svg viewBox="-6 -6 12 12" class=${name} aria-hidden="true">${mark(name)}</svg>${name}
              </span>`,
          )}</span
        >
      </h2>
      <div class="plot">
        <svg viewBox="0 0 ${frame.width} ${frame.height}" role="img" aria-label="RR intervals of the last two minutes">
          ${axes(frame, 30_000, "s")}
          ${beats.map(({ timeMs, rrMs, beatClass }) => {
            const y = frame.y(Math.max(least, Math.min(most, rrMs)));
            return svg`<g class=${beatClass} transform="translate(${frame.x(timeMs)} ${y})">${mark(beatClass)}</g>`;
          })}
        </svg>
      </div>
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
