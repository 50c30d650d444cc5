import { css, html, LitElement } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { bedHref } from "../../controllers/route.ts";
import { consume, wardContext } from "../../context.ts";
import { follow } from "../../controllers/follow.ts";
import { shared } from "../../styles/shared.ts";
import "../parts/alarm-banner.ts";
import "../shell/proof-faults.ts";

/** Alarms of all beds, the most urgent first. */
export class AlarmList extends LitElement {
  private readonly ward = consume(this, wardContext);

  constructor() {
    super();
    follow(this, () => this.ward.value.changes.alarms);
    follow(this, () => this.ward.value.changes.connection);
  }

  /** The focus to the most urgent alarm, without any to the heading. */
  focusFirst(): void {
    this.renderRoot.querySelector<HTMLElement>(this.ward.value.alarms.length > 0 ? "a" : "h2")?.focus();
  }

  protected override render() {
    const { alarms: open, connection } = this.ward.value;
    const isLive = connection.status === "live";
    return html`<section aria-labelledby="title">
      <h2 id="title" tabindex="-1">
        Alarms <span class="count">${open.length}</span>${isLive ? "" : html`<span class="count">as last heard</span>`}
      </h2>
      <proof-faults></proof-faults>
      ${open.length === 0 ? html`<p class="quiet">No open alarm</p>` : ""}
      <ol>
        ${repeat(
          open,
          ({ alarm }) => alarm.id,
          ({ bed, alarm }) =>
            html`<li data-testid="alarm">
              <a href="${bedHref(bed.bed)}">
                <span class="bed">${bed.bed}</span>
                <alarm-banner .alarm=${alarm}></alarm-banner>
              </a>
            </li>`,
        )}
      </ol>
    </section>`;
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
      a {
        display: grid;
        grid-template-columns: minmax(3.2ch, auto) minmax(0, 1fr);
        align-items: center;
        gap: 8px;
        text-decoration: none;
        border-radius: 6px;
      }
      alarm-banner {
        --banner-size: 14px;
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
      }
    `,
  ];
}

customElements.define("alarm-list", AlarmList);
