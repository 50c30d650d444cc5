import { msg } from "@lit/localize";
import { css, html, LitElement } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { type Condition, conditionKey } from "../../../contracts/condition.ts";
import { everySecond } from "../../controllers/every-second.ts";
import { follow } from "../../controllers/follow.ts";
import { duration, timeOfDay } from "../../format.ts";
import { panel, priorityInks, shared } from "../../styles/shared.ts";
import { tableStyles } from "./table-styles.ts";
import type { MonitoredBed } from "../../ward/monitored-bed.ts";
import { conditionWords } from "../../words/conditions.ts";
import "../parts/priority-mark.ts";

const ROWS = 10;

/** The last conditions of a bed with their begin and end. */
export class ConditionLog extends LitElement {
  static override properties = { bed: { attribute: false } };
  declare bed: MonitoredBed;

  constructor() {
    super();
    follow(this, () => this.bed.changes);
    follow(this, () => everySecond);
  }

  protected override render() {
    const rows = this.bed.conditions.log.slice(0, ROWS);
    return html`
      <h2 id="title">${msg("Conditions")}</h2>
      <table aria-labelledby="title">
        <thead>
          <tr>
            <th scope="col">${msg("Condition")}</th>
            <th scope="col">${msg("Begin")}</th>
            <th scope="col">${msg("End")}</th>
            <th scope="col" class="number">${msg("Lasted")}</th>
          </tr>
        </thead>
        <tbody>
          ${repeat(
            rows,
            ({ id }) => id,
            (condition) => this.renderRow(condition),
          )}
        </tbody>
      </table>
      ${rows.length === 0 ? html`<p class="none">${msg("None so far.")}</p>` : ""}
    `;
  }

  private renderRow(condition: Condition) {
    const { id, kind, priority, phase, beginTimeMs, timeMs } = condition;
    const isOpen = this.bed.open.get(conditionKey(condition))?.id === id;
    const end = isOpen ? msg("open") : phase === "end" ? timeOfDay(timeMs) : msg("not heard");
    const untilMs = isOpen ? this.bed.eventNowMs(performance.now()) : timeMs;
    return html`<tr data-testid="logged" data-kind="${kind}" data-end="${end}">
      <td class="kind ${priority}">
        <priority-mark .priority=${priority}></priority-mark>
        <span>${conditionWords(condition)}</span>
      </td>
      <td>${timeOfDay(beginTimeMs)}</td>
      <td class=${isOpen ? "sure" : ""}>${end}</td>
      <td class="number">${duration(untilMs - beginTimeMs)}</td>
    </tr>`;
  }

  static override styles = [
    shared,
    panel,
    tableStyles,
    priorityInks,
    css`
      .kind {
        display: flex;
        align-items: center;
        gap: 8px;
        --mark-stroke: var(--panel);
      }
      .kind span {
        color: var(--ink);
      }
    `,
  ];
}

customElements.define("condition-log", ConditionLog);
