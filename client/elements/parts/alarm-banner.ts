import { css, html, LitElement, nothing } from "lit";
import { everySecond } from "../../controllers/every-second.ts";
import { follow } from "../../controllers/follow.ts";
import { duration } from "../../format.ts";
import { shared, stoppedClock, STOPPED } from "../../styles/shared.ts";
import type { Alarm } from "../../ward/alarm.ts";
import "./priority-mark.ts";

/** An alarm: sign, words, how many more there are, and how long it has lasted. */
export class AlarmBanner extends LitElement {
  static override properties = {
    alarm: { attribute: false },
    more: { type: Number },
  };
  declare alarm: Alarm;
  /** Further alarms of the bed. */
  declare more: number;

  constructor() {
    super();
    this.more = 0;
    follow(this, () => everySecond);
  }

  protected override render() {
    const { kind, label, detail, priority, life, status, isQuiet, isStopped } = this.alarm;
    const lasting = duration(this.alarm.lastedMs(performance.now()));
    return html`<p
      class="${priority} ${isQuiet ? "quiet" : ""}"
      title=${detail === null ? nothing : `${label}: ${detail}`}
      data-testid="condition"
      data-kind="${kind}"
      data-priority="${priority}"
      data-state="${life?.acknowledged ? "acknowledged" : (life?.state ?? nothing)}"
    >
      <priority-mark .priority=${priority}></priority-mark>
      <span class="words">${label}</span>
      ${status === null ? "" : html`<span class="status">${status}</span>`}
      ${this.more > 0 ? html`<span class="more">+${this.more}</span>` : ""}
      <span class="time ${isStopped ? "stopped" : ""}">${lasting}${isStopped ? STOPPED : ""}</span>
    </p>`;
  }

  static override styles = [
    shared,
    stoppedClock,
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
      .quiet {
        background: none;
        color: var(--ink);
        border: 1px solid var(--line);
        --mark-stroke: var(--bg);
      }
      .status {
        font-weight: 500;
        font-size: 0.85em;
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

customElements.define("alarm-banner", AlarmBanner);
