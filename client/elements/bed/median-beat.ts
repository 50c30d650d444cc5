import { msg, str } from "@lit/localize";
import { line } from "d3";
import { css, html, LitElement, svg } from "lit";
import { decimals } from "../../../kit/figures.ts";
import { everySecond } from "../../controllers/every-second.ts";
import { follow } from "../../controllers/follow.ts";
import { Size } from "../../controllers/size.ts";
import { panel, shared } from "../../styles/shared.ts";
import type { MonitoredBed } from "../../ward/monitored-bed.ts";
import { chartStyles, HEADING_PX } from "./chart.ts";
import { type MeasuredBeat, measureBeat } from "./measure-beat.ts";

/** Measured anew every so many seconds. */
const EVERY_S = 3;
/** Room of the words below the plot. */
const WORDS_PX = 44;

/** The usual beat of the monitored lead on ECG paper, with QRS, ST and QT where they can be measured, or why not. */
export class MedianBeatPanel extends LitElement {
  static override properties = { bed: { attribute: false } };
  declare bed: MonitoredBed;
  private readonly size = new Size(this);
  private measured: MeasuredBeat | null = null;
  private seconds = 0;

  constructor() {
    super();
    follow(this, () => everySecond);
  }

  protected override willUpdate(): void {
    if (this.seconds++ % EVERY_S === 0)
      this.measured = measureBeat(this.bed, this.bed.monitoredLead, performance.now());
  }

  protected override render() {
    const { measured } = this;
    const lead = this.bed.leads[this.bed.monitoredLead] ?? "–";
    return html`
      <h2>
        ${msg(str`Median beat, ${lead}`)}${measured?.beat ? `, ${msg(str`of ${measured.beat.beats} normal beats`)}` : ""}
      </h2>
      <div class="plot">${measured?.beat ? this.renderPlot(measured) : ""}</div>
      ${this.renderWords()}
    `;
  }

  private renderWords() {
    const { measured } = this;
    if (!measured?.intervals)
      return html`<p class="words">${msg(str`Not measured: ${measured?.why ?? msg("waiting")}.`)}</p>`;
    const { qrsMs, stMv, qtMs, qtcMs } = measured.intervals;
    return html`<p class="words">
      <b>ST ${stMv > 0 ? "+" : ""}${decimals(stMv, 2)} mV</b> · QRS ${decimals(qrsMs, 0)} ms ·
      ${
        qtMs === null
          ? msg("QT not measured: the T wave is too small")
          : html`QT ${decimals(qtMs, 0)} ms · <b>QTc ${decimals(qtcMs, 0)} ms</b>`
      }
      <small>${msg("Fridericia; on known signals within 30 ms and 0.05 mV. Not for diagnosis.")}</small>
    </p>`;
  }

  private renderPlot({ beat, intervals }: MeasuredBeat) {
    if (!beat || this.size.width < 1) return "";
    const width = this.size.width - 28;
    const height = Math.max(60, this.size.height - HEADING_PX - WORDS_PX - 26);
    const { millivolts, rateHz, rIndex } = beat;
    const low = Math.min(-0.5, ...millivolts);
    const high = Math.max(1, ...millivolts);
    // One scale for time and voltage, as on paper: 0.04 s and 0.1 mV a millimetre.
    const mm = Math.min(width / ((millivolts.length / rateHz) * 25), height / ((high - low) * 10));
    const x = (index: number): number => (index / rateHz) * 25 * mm;
    const y = (mV: number): number => (high - mV) * 10 * mm;
    const xOf = (ms: number): number => x(rIndex + (ms / 1000) * rateHz);
    const path = line<number>()
      .x((_, i) => x(i))
      .y(y)
      .digits(1)([...millivolts]);
    const rule = (ms: number, name: string) => svg`<g>
      <line class="mark" x1=${xOf(ms)} x2=${xOf(ms)} y1="0" y2=${height} />
      <text class="figure" x=${xOf(ms) + 3} y=${height - 4}>${name}</text></g>`;
    return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label=${msg("Median beat")}>
      ${boxes(width, height, 5 * mm)}
      <line class="level" x1="0" x2=${width} y1=${y(0)} y2=${y(0)} />
      ${
        intervals
          ? svg`${rule(intervals.qrsOnsetMs, "Q")}${rule(intervals.jPointMs, "J")}${
              intervals.tEndMs === null ? "" : rule(intervals.tEndMs, msg("T end"))
            }`
          : ""
      }
      <path class="beat" d=${path ?? ""} />
    </svg>`;
  }

  static override styles = [
    shared,
    panel,
    chartStyles,
    css`
      .beat {
        fill: none;
        stroke: var(--trace);
        stroke-width: 1.8;
      }
      .mark {
        stroke: var(--ink-dim);
        stroke-dasharray: 2 3;
      }
      .level {
        stroke: var(--ink-dim);
        stroke-width: 0.5;
      }
      .words {
        min-height: 44px;
        font-size: 0.875rem;
      }
      small {
        display: block;
        color: var(--ink-dim);
        font-size: 0.75rem;
      }
    `,
  ];
}

/** Large boxes of ECG paper: 0.2 s and 0.5 mV. */
function boxes(width: number, height: number, px: number) {
  const at = (length: number): number[] => Array.from({ length: Math.floor(length / px) + 1 }, (_, i) => i * px);
  return svg`
    ${at(width).map((x) => svg`<line class="rule" x1=${x} x2=${x} y1="0" y2=${height} />`)}
    ${at(height).map((y) => svg`<line class="rule" x1="0" x2=${width} y1=${y} y2=${y} />`)}`;
}

customElements.define("median-beat", MedianBeatPanel);
