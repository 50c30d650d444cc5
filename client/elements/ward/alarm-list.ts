import { msg, str } from "@lit/localize";
import { css, html, LitElement, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { bedHref } from "../../controllers/route.ts";
import { consume, wardContext } from "../../context.ts";
import { everySecond } from "../../controllers/every-second.ts";
import { follow } from "../../controllers/follow.ts";
import { shared } from "../../styles/shared.ts";
import type { BedAlarm } from "../../ward/ward-store.ts";
import "../bed/alarm-actions.ts";
import "../parts/alarm-banner.ts";
import "../parts/sound-off.ts";
import "../shell/proof-faults.ts";

/** So long after the last alarm has gone the column keeps its room: alarms that come and go do not move the ward to and fro. */
const KEEPS_ROOM_MS = 30_000;

/** Alarms of all beds, the most urgent first, and what may be done about each. */
export class AlarmList extends LitElement {
  static override properties = { empty: { type: Boolean, reflect: true } };
  /** There is nothing to be said, and has not been for a while. */
  declare empty: boolean;
  private readonly ward = consume(this, wardContext);
  /** Of the alarm whose actions are open. */
  private acting: string | null = null;
  private saidMs = Number.NEGATIVE_INFINITY;

  constructor() {
    super();
    this.empty = false;
    follow(this, () => this.ward.value.changes.alarms);
    follow(this, () => this.ward.value.changes.connection);
    follow(this, () => this.ward.value.proof.changes);
    follow(this, () => (this.empty ? null : everySecond));
  }

  /** The focus to the most urgent alarm, without any to the heading. */
  focusFirst(): void {
    this.renderRoot.querySelector<HTMLElement>(this.ward.value.alarms.length > 0 ? "a" : "h2")?.focus();
  }

  protected override willUpdate(): void {
    const { alarms, connection, proof } = this.ward.value;
    const nowMs = performance.now();
    if (alarms.length > 0 || proof.faults.length > 0) this.saidMs = nowMs;
    this.empty = connection.status === "live" && nowMs - this.saidMs > KEEPS_ROOM_MS;
  }

  protected override render() {
    const { alarms: open, connection } = this.ward.value;
    const isLive = connection.status === "live";
    return html`<section aria-labelledby="title">
      <h2 id="title" tabindex="-1">
        ${msg("Alarms")}
        <span class="count">${open.length}</span
        >${isLive ? "" : html`<span class="count">${msg("as last heard")}</span>`}
      </h2>
      <proof-faults></proof-faults>
      ${open.length === 0 ? html`<p class="quiet">${msg("No open alarm")}</p>` : ""}
      <ol>
        ${repeat(
          open,
          ({ alarm }) => alarm.id,
          (one, at) => this.renderAlarm(one, open.findIndex(({ bed }) => bed === one.bed) === at),
        )}
      </ol>
    </section>`;
  }

  /** `isFirst` of its bed's: what is said of the bed is said once. */
  private renderAlarm({ bed, alarm }: BedAlarm, isFirst: boolean) {
    const isActing = alarm.id === this.acting;
    const by = alarm.life?.acknowledged?.by;
    const isHushed = isFirst && (bed.alarms?.pause || bed.alarms?.silence);
    return html`<li data-testid="alarm">
      <a href="${bedHref(bed.bed)}">
        <span class="bed">${bed.bed}</span>
        <alarm-banner short .alarm=${alarm}></alarm-banner>
      </a>
      <button
        aria-expanded=${isActing}
        aria-label=${msg(str`Actions for ${bed.bed}: ${alarm.label}`)}
        title=${msg("Acknowledge, silence, pause")}
        @click=${() => this.act(isActing ? null : alarm.id)}
      >
        ${isActing ? "▴" : "▾"}
      </button>
      ${by ? html`<p class="by">${msg(str`acknowledged by ${by}`)}</p>` : nothing}
      ${isHushed ? html`<sound-off .bed=${bed}></sound-off>` : nothing}
      ${isActing ? html`<alarm-actions .bed=${bed}></alarm-actions>` : nothing}
    </li>`;
  }

  private act(id: string | null): void {
    this.acting = id;
    this.requestUpdate();
  }

  static override styles = [
    shared,
    css`
      :host {
        min-height: 0;
        overflow: auto;
      }
      h2 {
        font-size: 15px;
        font-weight: 600;
        line-height: 28px;
        display: flex;
        gap: 8px;
      }
      .count {
        color: var(--ink-dim);
        font-weight: 500;
      }
      .quiet {
        color: var(--ink-dim);
        font-size: 14px;
        line-height: 28px;
      }
      ol {
        display: grid;
        gap: 6px;
        margin-top: 4px;
      }
      li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 4px;
      }
      button {
        width: 1.75rem;
        font: inherit;
        color: var(--ink-dim);
        background: var(--panel);
        border: 1px solid var(--line);
        border-radius: 6px;
        cursor: pointer;
      }
      .by,
      sound-off,
      alarm-actions {
        grid-column: 1 / -1;
      }
      .by {
        font-size: 0.8125rem;
        color: var(--ink-dim);
      }
      a {
        display: grid;
        grid-template-columns: minmax(3.2ch, auto) minmax(0, 1fr);
        align-items: center;
        gap: 8px;
        text-decoration: none;
        border-radius: 6px;
      }
      alarm-banner {
        --banner-size: 1.125rem;
        --banner-aside-size: 0.9375rem;
      }
      .bed {
        font-weight: 700;
        font-size: 16px;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      a:hover .bed {
        text-decoration: underline;
      }
      /* One row, which scrolls sideways: what comes and goes in it moves nothing below. */
      @media (min-width: 901px) {
        :host([empty]) {
          display: none;
        }
      }
      @media (max-width: 900px) {
        :host {
          height: 2.75rem;
          overflow: auto hidden;
        }
        section {
          display: flex;
          align-items: center;
          gap: 12px;
          height: 100%;
          width: max-content;
        }
        ol {
          display: flex;
          gap: 10px;
          margin: 0;
        }
        h2,
        li {
          white-space: nowrap;
        }
        li > :not(a) {
          display: none;
        }
      }
    `,
  ];
}

customElements.define("alarm-list", AlarmList);
