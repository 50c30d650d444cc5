import { msg } from "@lit/localize";
import { css, html, LitElement } from "lit";
import type { Explanation, Stretch } from "../../../contracts/provenance.ts";
import { lineChart, type Point } from "../../../charts/lines.ts";
import { shared } from "../../styles/shared.ts";
import "../parts/chart-figure.ts";

const secondsOf = ({ samplingRateHz, firstMs, millivolts }: Stretch): Point[] =>
  millivolts.map((value, i) => [firstMs / 1000 + i / samplingRateHz, value]);

/** The samples around a beat, as they came and as the chain heard them. */
export class BeatSignal extends LitElement {
  static override properties = { explanation: { attribute: false } };
  declare explanation: Explanation;

  protected override render() {
    const { raw, filtered } = this.explanation;
    const draw = (width: number): string =>
      lineChart({
        title: msg("Signal around the R peak"),
        description: msg(
          "The lead's samples from two seconds before the R peak to two behind it, as they came and filtered.",
        ),
        width,
        height: 280,
        x: { label: msg("from the R peak, s") },
        y: { label: "mV" },
        series: [
          { name: msg("as it came"), points: secondsOf(raw), marks: false },
          { name: msg("as heard: 125 Hz, 0.5–35 Hz"), points: secondsOf(filtered), marks: false },
        ],
      });
    return html`<chart-figure .draw=${draw}></chart-figure>`;
  }

  static override styles = [
    shared,
    css`
      :host {
        min-width: 0;
      }
    `,
  ];
}

customElements.define("beat-signal", BeatSignal);
