import { msg } from "@lit/localize";
import { html, LitElement } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { type Beat, JUDGED_CLASSES } from "../../../contracts/beat.ts";
import { decimals, percent } from "../../../kit/figures.ts";
import { beatHref } from "../../controllers/route.ts";
import { follow } from "../../controllers/follow.ts";
import { timeOfDay } from "../../format.ts";
import { panel, shared } from "../../styles/shared.ts";
import { tableStyles } from "./table-styles.ts";
import type { MonitoredBed } from "../../ward/monitored-bed.ts";
import "../parts/beat-chip.ts";
import "./class-notes.ts";

const ROWS = 10;

/** The last beats, the latest first, with what the model made of each. */
export class BeatTable extends LitElement {
  static override properties = { bed: { attribute: false } };
  declare bed: MonitoredBed;

  constructor() {
    super();
    follow(this, () => this.bed.changes);
  }

  protected override render() {
    const rows = this.bed.beats.slice(-ROWS).toReversed();
    return html`
      <h2 id="title">${msg("Last beats")}</h2>
      <table aria-labelledby="title">
        <thead>
          <tr>
            <th scope="col">${msg("Time")}</th>
            <th scope="col">${msg("Class")}</th>
            <th scope="col" class="number">${msg("RR, ms")}</th>
            <th scope="col" class="number wide">${msg("HR, /min")}</th>
            ${JUDGED_CLASSES.map((name) => html`<th scope="col" class="number">P(${name})</th>`)}
            <th scope="col" class="number wide">${msg("Quality")}</th>
          </tr>
        </thead>
        <tbody>
          ${repeat(
            rows,
            ({ id }) => id,
            (beat) => renderRow(beat, this.bed.conditions.disturbs(beat)),
          )}
        </tbody>
      </table>
      ${rows.length === 0 ? html`<p class="none">${msg("None yet; a beat is named up to two seconds after its R peak.")}</p>` : ""}
      <class-notes></class-notes>
    `;
  }

  static override styles = [shared, panel, tableStyles];
}

/** `isDisturbed`: read while its lead was off or noisy, of which no quality of the reading says more. */
function renderRow({ id, timeMs, beatClass, rrMs, heartRateBpm, probabilities, quality }: Beat, isDisturbed: boolean) {
  return html`<tr data-testid="beat">
    <td><a href=${beatHref(id)} title=${msg("Why this beat has its class")}>${timeOfDay(timeMs)}</a></td>
    <td><beat-chip .beatClass=${beatClass}></beat-chip></td>
    <td class="number">${rrMs === null ? "–" : Math.round(rrMs)}</td>
    <td class="number wide">${heartRateBpm === null ? "–" : Math.round(heartRateBpm)}</td>
    ${JUDGED_CLASSES.map(
      (name) =>
        html`<td class="number ${probabilities[name] >= 0.5 ? "sure" : "faint"}">
          ${decimals(probabilities[name], 2)}
        </td>`,
    )}
    <td class="number wide">${isDisturbed ? msg("noisy") : percent(quality, 0)}</td>
  </tr>`;
}

customElements.define("beat-table", BeatTable);
