import { css, html, LitElement, nothing } from "lit";
import { follow } from "../../controllers/follow.ts";
import { session } from "../../session/session.ts";
import { shared } from "../../styles/shared.ts";

/** Above what whoever is signed in may not do: why they may not. */
export class NoCommands extends LitElement {
  constructor() {
    super();
    follow(this, () => session.changes);
  }

  protected override render() {
    const why = session.whyNoCommands;
    return why === null ? nothing : html`<p data-testid="no-commands">${why}</p>`;
  }

  static override styles = [
    shared,
    css`
      p {
        margin-bottom: 0.5rem;
        font-size: 0.875rem;
        color: var(--ink-dim);
      }
    `,
  ];
}

customElements.define("no-commands", NoCommands);

/** Around what gives commands: nothing in it can be pressed by whom the gateway would refuse. */
export const commandStyles = css`
  fieldset {
    display: contents;
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  fieldset:disabled button {
    opacity: 0.55;
    cursor: not-allowed;
  }
`;
