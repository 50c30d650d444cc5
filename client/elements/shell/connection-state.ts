import { msg, str } from "@lit/localize";
import { css, html, LitElement } from "lit";
import { consume, wardContext } from "../../context.ts";
import { everySecond } from "../../controllers/every-second.ts";
import { follow } from "../../controllers/follow.ts";
import type { FeedState } from "../../feed/feed.ts";
import { shared } from "../../styles/shared.ts";
import { feedTruthOf } from "../../ward/feed-truth.ts";
import { modelTrustOf } from "../../ward/model-trust.ts";
import { type Fact, feedFacts, modelFact } from "./truth-words.ts";

/** What the feed is worth: how fast, how late, how whole; or that there is none. */
export class ConnectionState extends LitElement {
  private readonly ward = consume(this, wardContext);

  constructor() {
    super();
    follow(this, () => this.ward.value.changes.connection);
    follow(this, () => everySecond);
  }

  protected override render() {
    const { connection } = this.ward.value;
    const { status } = connection;
    return html`<div class="${status}" data-testid="connection" data-status="${status}">
      <span class="dot"></span>
      <span class="hidden-visually" role="status">${wordsFor(connection)}</span>
      ${status === "live" ? this.renderTruth() : html`<span aria-hidden="true">${wordsFor(connection)}</span>`}
    </div>`;
  }

  private renderTruth() {
    const ward = this.ward.value;
    const facts = [
      ...feedFacts(feedTruthOf(ward, performance.now())),
      modelFact(modelTrustOf(ward.model, ward.beds.values())),
    ];
    return html`<ul data-testid="truth" aria-label=${msg("What the feed is worth")}>
      ${facts.map(({ name, words, isBad, means }: Fact) => html`<li class=${isBad ? "bad" : ""} data-fact=${name} title=${means}>${words}</li>`)}
    </ul>`;
  }

  static override styles = [
    shared,
    css`
      div {
        display: flex;
        align-items: center;
        gap: 0.5rem;
        min-height: 1.875rem;
        min-width: 8rem;
        box-sizing: border-box;
        padding: 0.125rem 0.75rem;
        border: 1px solid var(--line);
        border-radius: 1rem;
        font-size: 0.875rem;
        font-weight: 600;
      }
      :host {
        flex: 0 1 auto;
      }
      ul {
        display: flex;
        flex-wrap: wrap;
        font-weight: 500;
        line-height: 1.3;
      }
      li {
        white-space: nowrap;
      }
      li:not(:last-child)::after {
        content: "·";
        margin: 0 0.4em;
        color: var(--ink-dim);
        font-weight: 400;
      }
      .bad {
        color: var(--medium);
        font-weight: 700;
      }
      .dot {
        flex: none;
        width: 0.625rem;
        height: 0.625rem;
        border-radius: 50%;
        border: 2px solid currentColor;
      }
      .live .dot {
        background: var(--trace);
        border-color: var(--trace);
      }
      .live:has(.bad) .dot {
        background: none;
        border-color: var(--medium);
      }
      .live {
        padding-right: 0.375rem;
      }
      .connecting {
        color: var(--ink-dim);
      }
      .stale {
        color: var(--medium);
        border-color: var(--medium);
      }
      .signed-out,
      .offline {
        color: var(--high-ink);
        background: var(--high-fill);
        border-color: var(--high-fill);
      }
    `,
  ];
}

function wordsFor(state: FeedState): string {
  switch (state.status) {
    case "live":
      return msg("Connected");
    case "connecting":
      return msg("Connecting");
    case "stale":
      return msg("No data");
    case "signed-out":
      return msg("Signed out");
    case "offline":
      return msg(str`Offline, retry in ${Math.max(0, Math.ceil((state.retryAtMs - Date.now()) / 1000))} s`);
  }
}

customElements.define("connection-state", ConnectionState);
