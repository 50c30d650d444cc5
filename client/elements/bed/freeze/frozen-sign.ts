import { msg, str } from "@lit/localize";
import { css, html, LitElement, nothing } from "lit";
import { everySecond } from "../../../controllers/every-second.ts";
import { follow } from "../../../controllers/follow.ts";
import { duration, timeOfDay } from "../../../format.ts";
import { shared } from "../../../styles/shared.ts";
import { type Freeze, WARNED_MS } from "./freeze.ts";

/** That a trace stands still: since when, how long ago that was, and, shortly before, that it will go on by itself. */
export class FrozenSign extends LitElement {
  static override properties = { freeze: { attribute: false } };
  declare freeze: Freeze;

  constructor() {
    super();
    follow(this, () => this.freeze.changes);
    follow(this, () => everySecond);
  }

  protected override render() {
    const { freeze } = this;
    const { signal } = freeze;
    if (!signal) return nothing;
    const nowMs = performance.now();
    const leftMs = freeze.leftMs(nowMs);
    return html`<b>${msg("Frozen").toUpperCase()} ${timeOfDay(freeze.timeMsOf(signal.end))}</b>
      <span>${msg(str`${duration(freeze.forMs(nowMs))} ago`)}</span>
      ${leftMs <= WARNED_MS ? html`<em>${msg(str`live again in ${Math.ceil(leftMs / 1000)} s`)}</em>` : nothing}`;
  }

  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0 0.75rem;
        color: var(--bg);
        font-size: var(--frozen-size, 1.75rem);
        line-height: 2.25rem;
        white-space: nowrap;
      }
      b {
        font-weight: 750;
        letter-spacing: 0.03em;
      }
      span,
      em {
        font-size: var(--frozen-aside-size, 1.125rem);
        font-style: normal;
        font-weight: 600;
      }
      em {
        padding: 0 0.5rem;
        line-height: 1.75rem;
        color: var(--focus);
        background: var(--bg);
        border-radius: 4px;
      }
    `,
  ];
}

customElements.define("frozen-sign", FrozenSign);
