import { msg } from "@lit/localize";
import { css, html, LitElement, nothing } from "lit";
import { everySecond } from "../../controllers/every-second.ts";
import { follow } from "../../controllers/follow.ts";
import { duration } from "../../format.ts";
import { shared, stoppedClock, stoppedWords } from "../../styles/shared.ts";
import type { Alarm } from "../../ward/alarm.ts";
import { toneOf, toneStyles } from "./alarm-tones.ts";
import "./priority-mark.ts";

/** Longer words stand in two lines where there is little room. */
const LETTERS_A_LINE = 7;

/** An alarm: sign, words, how many more there are, and how long it has lasted. */
export class AlarmBanner extends LitElement {
  static override properties = {
    alarm: { attribute: false },
    more: { type: Number },
    short: { type: Boolean },
    plain: { type: Boolean, reflect: true },
  };
  declare alarm: Alarm;
  /** Further alarms of the bed. */
  declare more: number;
  /** Says it in a few letters. */
  declare short: boolean;
  /** Stands in a band that has the alarm's tone already. */
  declare plain: boolean;

  constructor() {
    super();
    this.more = 0;
    this.short = false;
    this.plain = false;
    follow(this, () => everySecond);
  }

  protected override render() {
    const { alarm } = this;
    const { kind, label, detail, priority, life, status, isStopped } = alarm;
    const { words } = this;
    const said = detail === null ? label : `${label}: ${detail}`;
    // That it is over is known before how long it lasted, and that before the rest.
    const [first, ...others] = status;
    const lasting = duration(alarm.lastedMs(performance.now()));
    return html`<p
      class=${toneOf(alarm)}
      title=${said === words ? nothing : said}
      data-testid="condition"
      data-kind="${kind}"
      data-priority="${priority}"
      data-state="${life?.acknowledged ? "acknowledged" : (life?.state ?? nothing)}"
    >
      <span class="what" data-over=${life?.state === "latched" ? msg("ended") : nothing}
        ><priority-mark .priority=${priority}></priority-mark> <span class="words">${words}</span></span
      >
      ${this.more > 0 ? html`<span class="more">+${this.more}</span>` : ""}
      ${first === undefined ? "" : html`<span class="status">${first}</span>`}
      <span class="time ${isStopped ? "stopped" : ""}">${lasting}${isStopped ? stoppedWords() : ""}</span>
      ${others.map((other) => html`<span class="status">${other}</span>`)}
    </p>`;
  }

  private get words(): string {
    return this.short ? this.alarm.short : this.alarm.label;
  }

  /** So many lines of so many letters, for those who give the words as much size as there is room for. */
  protected override updated(): void {
    const { words } = this;
    const lines = words.length > LETTERS_A_LINE ? words.split(" ").slice(0, 2) : [words];
    this.style.setProperty("--letters", String(Math.max(...lines.map(({ length }) => length))));
    this.style.setProperty("--lines", String(lines.length));
  }

  static override styles = [
    shared,
    stoppedClock,
    toneStyles,
    css`
      :host {
        min-width: 0;
      }
      /* What finds no room beside the words goes to a line that is not seen: the words are never cut for it. */
      p {
        --line-height: var(--banner-line, 1.75rem);
        display: flex;
        flex-wrap: wrap;
        align-content: flex-start;
        column-gap: 0.4em;
        min-height: var(--line-height);
        max-height: var(--banner-most, var(--line-height));
        line-height: var(--line-height);
        overflow: hidden;
        padding: 0 var(--banner-padding, 8px) 0 var(--banner-padding, 6px);
        border-radius: 6px;
        font-size: var(--banner-size, 0.9375rem);
        font-weight: 650;
      }
      /* In a band whose edge flashes, the mark keeps clear of it. */
      :host([plain]) priority-mark {
        width: 1.05em;
        height: 1.05em;
      }
      :host([plain]) p {
        background: none;
        box-shadow: none;
      }
      .what {
        flex: 1 0 auto;
        max-width: 100%;
        display: var(--banner-what, flex);
        align-items: center;
        gap: 0.3em;
      }
      /* Where there is no room for a mark and a status, that it is over takes the mark's place. */
      .what[data-over]::before {
        content: attr(data-over);
        display: var(--banner-over, none);
        font-size: 0.7em;
        font-weight: 500;
      }
      .what[data-over] {
        font-size: var(--banner-over-size, 1em);
      }
      .what[data-over] priority-mark {
        display: var(--banner-over-mark, inline-block);
      }
      .words {
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: var(--banner-wrap, nowrap);
      }
      .status {
        display: var(--banner-status, inline);
      }
      .more,
      .time,
      .status {
        font-weight: 500;
        font-size: var(--banner-aside-size, 1em);
        white-space: nowrap;
      }
      .time {
        display: var(--banner-time, inline);
        min-width: 4ch;
        text-align: right;
      }
    `,
  ];
}

customElements.define("alarm-banner", AlarmBanner);
