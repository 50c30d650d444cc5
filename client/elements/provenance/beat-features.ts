import { msg, str } from "@lit/localize";
import { css, html, LitElement } from "lit";
import type { Explanation } from "../../../contracts/provenance.ts";
import { decimals, percent } from "../../../kit/figures.ts";
import { shared } from "../../styles/shared.ts";
import { documentPartStyles } from "../../styles/document.ts";

const SHOWN = 8;

/** What describes the beat beside its window, that first which the class owes most to. */
export class BeatFeatures extends LitElement {
  static override properties = { explanation: { attribute: false } };
  declare explanation: Explanation;

  protected override render() {
    const { features, occlusion } = this.explanation;
    const falls = new Map(occlusion.features.map(({ name, fall }) => [name, fall]));
    const rows = features
      .map(({ name, value }) => ({ name, value, fall: falls.get(name) ?? 0 }))
      .toSorted((a, b) => Math.abs(b.fall) - Math.abs(a.fall));
    return html`
      ${this.renderTable(rows.slice(0, SHOWN))}
      ${
        rows.length > SHOWN
          ? html`<details>
              <summary>${msg(str`The other ${rows.length - SHOWN}`)}</summary>
              ${this.renderTable(rows.slice(SHOWN))}
            </details>`
          : ""
      }
    `;
  }

  private renderTable(rows: readonly { readonly name: string; readonly value: number; readonly fall: number }[]) {
    return html`<div class="table" tabindex="0" role="region" aria-label=${msg("Features")}>
      <table>
        <thead>
          <tr>
            <th scope="col">${msg("Feature")}</th>
            <th scope="col" class="figure">${msg("Value")}</th>
            <th scope="col" class="figure">
              ${msg(str`Fall of P(${this.explanation.occlusion.beatClass}) without it`)}
            </th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ name, value, fall }) =>
              html`<tr>
                <th scope="row"><code>${name}</code></th>
                <td class="figure">${decimals(value, 2)}</td>
                <td class="figure">${percent(fall)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  static override styles = [
    shared,
    ...documentPartStyles,
    css`
      summary {
        cursor: pointer;
        padding: 8px 0;
      }
    `,
  ];
}

customElements.define("beat-features", BeatFeatures);
