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

  protected override render() {
    const { alarms: open, connection } = this.ward.value;
    const isLive = connection.status === "live";
    return html`<section aria-labelledby="title">
      <h2 id="title">
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
      @media (max-width: 900px) {
        h2 {
          float: left;
          margin-right: 14px;
        }
        proof-faults,
        ol {
          clear: both;
        }
      }
    `,
  ];
}

customElements.define("alarm-list", AlarmList);
