import { msg, str } from "@lit/localize";
import { css, html, LitElement } from "lit";
import type { Unmonitored } from "../../../contracts/socket.ts";
import { everySecond } from "../../controllers/every-second.ts";
import { follow } from "../../controllers/follow.ts";
import { duration } from "../../format.ts";
import { shared } from "../../styles/shared.ts";
import { wordsFor } from "../../ward/unmonitored.ts";
import "../parts/priority-mark.ts";

/** Why nobody monitors the bed, since when, and what to do. */
export class BedUnmonitored extends LitElement {
  static override properties = { unmonitored: { attribute: false } };
  /** `sinceMs`: of `performance.now()`. */
  declare unmonitored: Unmonitored;

  constructor() {
    super();
    follow(this, () => everySecond);
  }

  protected override render() {
    const { sinceMs, code, message } = this.unmonitored;
    const { long } = wordsFor(this.unmonitored);
    const last = html`<p class="last">${msg("The last reason:")} <code>${code}</code> ${message}</p>`;
    return html`<section aria-label=${msg("Not monitored")}>
      <priority-mark .priority=${"medium"}></priority-mark>
      <div>
        <p class="head">${msg(str`Not monitored for ${duration(performance.now() - sinceMs)}`)}</p>
        <p>${long}</p>
        ${code === null ? "" : last}
      </div>
    </section>`;
  }

  static override styles = [
    shared,
    css`
      section {
        display: flex;
        gap: 12px;
        padding: 12px 14px;
        border: 2px solid var(--medium);
        border-radius: 10px;
        background: var(--panel);
        font-size: 15px;
      }
      priority-mark {
        font-size: 22px;
        margin-top: 1px;
        color: var(--medium);
        --mark-stroke: var(--panel);
      }
      div {
        min-width: 0;
      }
      .head {
        font-size: 19px;
        font-weight: 700;
        color: var(--medium);
      }
      .last {
        margin-top: 4px;
        overflow-wrap: anywhere;
        color: var(--ink-dim);
        font-size: 14px;
      }
      code {
        color: var(--ink);
      }
    `,
  ];
}

customElements.define("bed-unmonitored", BedUnmonitored);
