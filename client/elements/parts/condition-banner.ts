import { css, html, LitElement } from "lit";
import { type Condition, conditionKind } from "../../../contracts/condition.ts";
import { everySecond } from "../../controllers/every-second.ts";
import { follow } from "../../controllers/follow.ts";
import { duration } from "../../format.ts";
import { shared } from "../../styles/shared.ts";
import type { MonitoredBed } from "../../ward/monitored-bed.ts";
import "./priority-mark.ts";

/** An open condition: sign, words, how many more there are, and how long it has lasted. */
export class ConditionBanner extends LitElement {
  static override properties = {
    bed: { attribute: false },
    condition: { attribute: false },
    more: { type: Number },
  };
  declare bed: MonitoredBed;
  declare condition: Condition;
  /** Further open conditions of the bed. */
  declare more: number;

  constructor() {
    super();
    this.more = 0;
    follow(this, () => everySecond);
  }

  protected override render() {
    const { kind, priority, beginTimeMs } = this.condition;
    const lasting = duration(this.bed.eventNowMs(performance.now()) - beginTimeMs);
    return html`<p class="${priority}" data-testid="condition" data-kind="${kind}" data-priority="${priority}">
      <priority-mark .priority=${priority}></priority-mark>
      <span class="words">${conditionKind(kind).label}</span>
      ${this.more > 0 ? html`<span class="more">+${this.more}</span>` : ""}
      <span class="time">${lasting}</span>
    </p>`;
  }

  static override styles = [
    shared,
    css`
      :host {
        min-width: 0;
      }
      p {
        display: flex;
        align-items: center;
        gap: 6px;
        height: 28px;
        padding: 0 8px 0 6px;
        border-radius: 6px;
        font-size: var(--banner-size, 15px);
        font-weight: 650;
      }
      .high {
        background: var(--high-fill);
        color: var(--high-ink);
        --mark-stroke: var(--high-fill);
      }
      .medium {
        background: var(--medium-fill);
        color: var(--medium-ink);
        --mark-stroke: var(--medium-fill);
      }
      .low {
        background: var(--low-fill);
        color: var(--low-ink);
        --mark-stroke: var(--low-fill);
      }
      .words {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .time {
        min-width: 4ch;
        text-align: right;
        font-weight: 500;
      }
      .more {
        font-weight: 500;
      }
    `,
  ];
}

customElements.define("condition-banner", ConditionBanner);
