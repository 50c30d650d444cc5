import { msg } from "@lit/localize";
import { css, html, LitElement } from "lit";
import type { Hush } from "../../../contracts/alarm.ts";
import { everySecond } from "../../controllers/every-second.ts";
import { follow } from "../../controllers/follow.ts";
import { duration } from "../../format.ts";
import { shared, stoppedClock, stoppedWords } from "../../styles/shared.ts";
import { hushLeftMs } from "../../ward/alarm.ts";
import type { MonitoredBed } from "../../ward/monitored-bed.ts";

/** Says that a bed's alarms are paused or silenced, by whom and for how long; takes no room where they are not. */
export class SoundOff extends LitElement {
  static override properties = { bed: { attribute: false } };
  declare bed: MonitoredBed;

  constructor() {
    super();
    follow(this, () => this.bed.changes);
    follow(this, () => everySecond);
  }

  protected override render() {
    const { pause = null, silence = null } = this.bed.alarms ?? {};
    return html`${pause ? this.line("paused", msg("Alarms paused"), pause) : ""}
    ${silence ? this.line("silenced", msg("Silenced"), silence) : ""}`;
  }

  private line(name: string, words: string, hush: Hush) {
    const isStopped = this.bed.cutOffMs !== null;
    return html`<p class="${name}" data-testid="${name}">
      <b>${words}</b>
      <span class="by">${hush.by}</span>
      <span class="time ${isStopped ? "stopped" : ""}"
        >${duration(hushLeftMs(this.bed, hush, performance.now()))}${isStopped ? stoppedWords() : ""}</span
      >
    </p>`;
  }

  static override styles = [
    shared,
    stoppedClock,
    css`
      :host {
        grid-column: 1 / -1;
        min-width: 0;
      }
      p {
        display: flex;
        align-items: center;
        gap: 8px;
        height: var(--sound-off-height, 26px);
        padding: 0 10px;
        font-size: 14px;
        border: 1px solid var(--line);
        border-radius: 6px;
      }
      b {
        white-space: nowrap;
      }
      .by {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .paused {
        color: var(--medium-ink);
        background: repeating-linear-gradient(-45deg, var(--medium-fill) 0 14px, var(--medium-stripe) 14px 28px);
      }
    `,
  ];
}

customElements.define("sound-off", SoundOff);
