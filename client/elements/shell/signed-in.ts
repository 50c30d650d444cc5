import { msg } from "@lit/localize";
import { css, html, LitElement, nothing } from "lit";
import type { Role } from "../../../contracts/session.ts";
import { follow } from "../../controllers/follow.ts";
import { session } from "../../session/session.ts";
import { controls, shared } from "../../styles/shared.ts";

/** Who is signed in at this screen, in which role, and the way out; nothing where nobody need sign in. */
export class SignedInMark extends LitElement {
  private fault = "";

  constructor() {
    super();
    follow(this, () => session.changes);
  }

  protected override render() {
    const who = session.state?.who;
    if (!who) return nothing;
    return html`<p>
        <span data-testid="who" title="${who.name}, ${roleWords(who.role)}"
          ><b>${who.name}</b><span class="role">, ${roleWords(who.role)}</span></span
        >
        <span role="status">${this.fault}</span>
      </p>
      <button type="button" data-testid="sign-out" @click=${() => void this.signOut()}>${msg("Sign out")}</button>`;
  }

  private async signOut(): Promise<void> {
    if (await session.signOut()) return location.reload();
    this.fault = msg("Not signed out: the server does not answer.");
    this.requestUpdate();
  }

  static override styles = [
    shared,
    controls,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 0.5rem;
        font-size: 0.875rem;
      }
      [role="status"] {
        color: var(--medium);
      }
      button {
        font-size: 0.875rem;
      }
      p {
        min-width: 0;
      }
      /* In a narrow header the name alone has room; the settings have the way out. */
      @media (max-width: 1420px) {
        :host([brief]) :is(button, .role) {
          display: none;
        }
        :host([brief]) p {
          max-width: 11ch;
          overflow: hidden;
          text-overflow: ellipsis;
          white-space: nowrap;
        }
      }
    `,
  ];
}

function roleWords(role: Role): string {
  switch (role) {
    case "viewer":
      return msg("viewer");
    case "operator":
      return msg("operator");
    case "service":
      return msg("service");
  }
}

customElements.define("signed-in", SignedInMark);
