import { msg } from "@lit/localize";
import { line } from "d3";
import { css, html, svg } from "lit";
import type { Beat } from "../../../contracts/beat.ts";
import { panel, shared } from "../../styles/shared.ts";
import { chartStyles } from "./chart.ts";
import { TimeChart } from "./time-chart.ts";

const SPAN_MS = 5 * 60_000;
/** Two beats further apart are not joined. */
const BREAK_MS = 5000;
const LEAST_RANGE: readonly [number, number] = [40, 140];

type RatedBeat = Beat & { readonly heartRateBpm: number };

/** The heart rate of the last five minutes, by beats that were not rejected. */
export class HeartRateTrend extends TimeChart {
  protected override render() {
    const { endMs } = this;
    const beats = this.bed.beats.filter(
      (beat): beat is RatedBeat =>
        beat.heartRateBpm !== null && beat.beatClass !== "Q" && beat.timeMs >= endMs - SPAN_MS,
    );
    const rates = beats.map((beat) => beat.heartRateBpm);
    const range = [Math.min(LEAST_RANGE[0], ...rates), Math.max(LEAST_RANGE[1], ...rates)] as const;
    const frame = this.frame(endMs, SPAN_MS, range);
    const draw = line<RatedBeat>(
      (beat) => frame.x(beat.timeMs),
      (beat) => frame.y(beat.heartRateBpm),
    );
    return html`
      <h2>${msg("Heart rate, /min, last 5 minutes")}</h2>
      ${this.plot(
        frame,
        { label: msg("Heart rate of the last five minutes"), everyMs: 60_000, unit: "min" },
        runs(beats).map((run) => svg`<path class="rate" d=${draw(run) ?? ""} />`),
      )}
    `;
  }

  static override styles = [
    shared,
    panel,
    chartStyles,
    css`
      .rate {
        fill: none;
        stroke: var(--trace);
        stroke-width: 2;
        stroke-linejoin: round;
      }
    `,
  ];
}

/** Beats in a row without a break, each run on its own. */
function runs(beats: readonly RatedBeat[]): RatedBeat[][] {
  const found: RatedBeat[][] = [];
  beats.forEach((beat, index) => {
    if (index === 0 || beat.timeMs - beats[index - 1].timeMs > BREAK_MS) found.push([]);
    found[found.length - 1].push(beat);
  });
  return found;
}

customElements.define("heart-rate-trend", HeartRateTrend);
