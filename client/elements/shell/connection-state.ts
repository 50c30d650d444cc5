import { css, html, LitElement } from "lit";
import { consume, wardContext } from "../../context.ts";
import { everySecond } from "../../controllers/every-second.ts";
import { follow } from "../../controllers/follow.ts";
import type { FeedState } from "../../feed/feed.ts";
import { shared } from "../../styles/shared.ts";

/** The connection to the server: a sign and a word, in a slot of fixed width. */
export class ConnectionState extends LitElement {
  private readonly ward = consume(this, wardContext);

  constructor() {
    super();
    follow(this, () => this.ward.value.changes.connection);
    follow(this, () => everySecond);
  }

  protected override render() {
    const { connection } = this.ward.value;
    return html`<p
      class="${connection.status}"
      role="status"
      data-testid="connection"
      data-status="${connection.status}"
    >
      <span class="dot"></span><span class="words">${wordsFor(connection)}</span>
    </p>`;
  }

  static override styles = [
    shared,
    css`
      p {
        display: flex;
        align-items: center;
        gap: 8px;
        height: 30px;
        min-width: 128px;
        padding: 0 12px;
        border: 1px solid var(--line);
        border-radius: 15px;
        font-size: 14px;
        font-weight: 600;
        white-space: nowrap;
      }
      .dot {
        width: 10px;
        height: 10px;
        border-radius: 50%;
        border: 2px solid currentColor;
      }
      .live .dot {
        background: var(--trace);
        border-color: var(--trace);
      }
      .connecting {
        color: var(--ink-dim);
      }
      .stale {
        color: var(--medium);
        border-color: var(--medium);
      }
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
      return "Live";
    case "connecting":
      return "Connecting";
    case "stale":
      return "No data";
    case "offline":
      return `Offline, retry in ${Math.max(0, Math.ceil((state.retryAtMs - Date.now()) / 1000))} s`;
  }
}

customElements.define("connection-state", ConnectionState);
