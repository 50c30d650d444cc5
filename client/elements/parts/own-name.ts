import { msg } from "@lit/localize";
import { css, html, LitElement } from "lit";
import { follow } from "../../controllers/follow.ts";
import { nameChanges, nameWanted, rememberedName, rememberName } from "../../controllers/own-name.ts";
import { session } from "../../session/session.ts";
import { controls, shared } from "../../styles/shared.ts";

/** Who acts at this screen: asked here, the same wherever else it is asked, and kept. */
export class OwnName extends LitElement {
  constructor() {
    super();
    follow(this, () => nameChanges);
    follow(this, () => session.changes);
    let stop = (): void => {};
    this.addController({
      hostConnected: () => {
        stop = nameWanted.subscribe(() => this.field?.focus());
      },
      hostDisconnected: () => stop(),
    });
  }

  private get field(): HTMLInputElement | null {
    return this.renderRoot.querySelector("input");
  }

  protected override render() {
    // Whoever is signed in acts in no other name.
    if (session.state?.who) return html`<span data-testid="by">${session.state.who.name}</span>`;
    return html`<label
      >${msg("Your name")}
      <input
        name="by"
        maxlength="64"
        autocomplete="off"
        @input=${({ target }: Event) => {
          if (target instanceof HTMLInputElement) rememberName(target.value);
        }}
    /></label>`;
  }

  protected override updated(): void {
    const { field } = this;
    const name = rememberedName();
    // Who is writing it has a space at its end for a moment.
    if (field && field.value.trim() !== name) field.value = name;
  }

  static override styles = [
    shared,
    controls,
    css`
      label {
        display: inline-flex;
        align-items: center;
        gap: 0.375rem;
      }
      input {
        width: 14ch;
      }
    `,
  ];
}

customElements.define("own-name", OwnName);
