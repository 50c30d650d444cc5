import { msg, str } from "@lit/localize";
import { css, html, LitElement, nothing } from "lit";
import { consume, wardContext } from "../../context.ts";
import { everySecond } from "../../controllers/every-second.ts";
import { follow } from "../../controllers/follow.ts";
import { duration, timeOfDay } from "../../format.ts";
import { shared } from "../../styles/shared.ts";

/** Over the page's whole width while it is cut off from the gateway: since when nothing on it is of this moment. */
export class OfflineBanner extends LitElement {
  private readonly ward = consume(this, wardContext);

  constructor() {
    super();
    follow(this, () => this.ward.value.changes.connection);
    follow(this, () => everySecond);
  }

  protected override render() {
    const { cutOffMs, connection } = this.ward.value;
    // The page says it where it asks for the next sign-in.
    if (cutOffMs === null || connection.status === "signed-out") return nothing;
    const silentMs = performance.now() - cutOffMs;
    const word = connection.status === "stale" ? msg("No data") : msg("Offline");
    return html`<div data-testid="offline" role="region" aria-label=${word}>
      <p role="alert"><b>${word}</b> – ${msg(str`nothing here is live since ${timeOfDay(Date.now() - silentMs)}`)}</p>
      <p class="more">
        ${msg(str`For ${duration(silentMs)} no alarm could come to this screen: look at the beds. The page asks again by itself.`)}
      </p>
    </div>`;
  }

  static override styles = [
    shared,
    css`
      div {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        justify-content: center;
        gap: 0 1.5rem;
        padding: 0.375rem 0.875rem 0.5rem;
        color: var(--high-ink);
        background: var(--high-fill);
      }
      p {
        font-size: 1.75rem;
        line-height: 1.25;
        font-weight: 600;
      }
      b {
        font-weight: 800;
        text-transform: uppercase;
        letter-spacing: 0.04em;
      }
      .more {
        font-size: 1rem;
        font-weight: 500;
      }
      @media (max-width: 900px) {
        p {
          font-size: 1.25rem;
        }
        .more {
          font-size: 0.875rem;
        }
      }
    `,
  ];
}

customElements.define("offline-banner", OfflineBanner);
