import { msg } from "@lit/localize";
import { css, html, LitElement } from "lit";
import { consume, wardContext } from "../../context.ts";
import { follow } from "../../controllers/follow.ts";
import { shared } from "../../styles/shared.ts";

/** What stands where no bed is: why, and what to do. */
export class EmptyWard extends LitElement {
  private readonly ward = consume(this, wardContext);

  constructor() {
    super();
    follow(this, () => this.ward.value.changes.beds);
    follow(this, () => this.ward.value.changes.connection);
  }

  protected override render() {
    const { known, connection } = this.ward.value;
    if (!known) {
      return html`<section>
        <h2>${connection.status === "offline" ? msg("The server can't be reached") : msg("Connecting")}</h2>
        <p>
          ${msg(html`This page asks again by itself. If the server is not running, start it with <code>npm start</code> in the project's folder.`)}
        </p>
      </section>`;
    }
    return html`<section>
      <h2>${msg("No beds yet")}</h2>
      <p>${msg("A bed appears as soon as its first samples arrive. Beds of the demonstration start with")}</p>
      <p><code>npm run simulate</code></p>
      <p>${msg(html`where the system runs as separate processes; <code>npm start</code> brings its own.`)}</p>
    </section>`;
  }

  static override styles = [
    shared,
    css`
      :host {
        height: 100%;
        display: grid;
        place-items: center;
        padding: 24px;
      }
      section {
        max-width: 34rem;
        color: var(--ink-dim);
        text-align: center;
        display: grid;
        gap: 10px;
      }
      h2 {
        font-size: 24px;
        font-weight: 650;
        color: var(--ink);
      }
      code {
        font-family: ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace;
        background: var(--panel-raised);
        border-radius: 4px;
        padding: 2px 7px;
        color: var(--ink);
      }
    `,
  ];
}

customElements.define("empty-ward", EmptyWard);
