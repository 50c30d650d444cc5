import { msg, str } from "@lit/localize";
import { css, html, LitElement } from "lit";
import type { Explanation } from "../../../contracts/provenance.ts";
import { lineChart } from "../../../charts/lines.ts";
import { asPercent } from "../../../charts/parts/plot.ts";
import { shared } from "../../styles/shared.ts";
import "../parts/chart-figure.ts";

/** The window as the model saw it, and below it what each part of it gave the class. */
export class BeatWindow extends LitElement {
  static override properties = { explanation: { attribute: false } };
  declare explanation: Explanation;

  protected override render() {
    const { window, occlusion } = this.explanation;
    const msOf = (index: number): number => ((index - window.rIndex) * 1000) / window.samplingRateHz;
    const domain = [msOf(0), msOf(window.values.length - 1)] as const;
    const seen = (width: number): string =>
      lineChart({
        title: msg("Window as the model saw it"),
        width,
        height: 240,
        x: { label: "", domain },
        y: { label: msg("normalised") },
        series: [{ name: msg("window"), points: window.values.map((value, i) => [msOf(i), value]), marks: false }],
      });
    const falls = (width: number): string =>
      lineChart({
        title: msg(str`Fall of P(${occlusion.beatClass}) where 80 ms are taken away`),
        description: msg(
          "The higher, the more the class owes to this part of the window; below 0 it speaks against the class.",
        ),
        width,
        height: 200,
        x: { label: msg("from the R peak, ms"), domain },
        y: { label: msg(str`of ${asPercent(occlusion.probability)}`), format: asPercent },
        series: [
          {
            name: msg("fall"),
            points: occlusion.window.map(({ fromMs, toMs, fall }) => [(fromMs + toMs) / 2, fall]),
            marks: false,
            colour: `var(--beat-${occlusion.beatClass})`,
          },
        ],
      });
    return html`<chart-figure .draw=${seen}></chart-figure><chart-figure .draw=${falls}></chart-figure>`;
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

customElements.define("beat-window", BeatWindow);
