import { msg, str } from "@lit/localize";
import { css, html, LitElement, nothing } from "lit";
import { follow } from "../../controllers/follow.ts";
import { timeOfDay } from "../../format.ts";
import { session } from "../../session/session.ts";
import { controls, shared } from "../../styles/shared.ts";

/** In place of all beds, where nobody is signed in who has to be. */
export class SignInPage extends LitElement {
  static override properties = { isAsking: { state: true }, fault: { state: true } };
  declare isAsking: boolean;
  /** Why the last attempt did not work. */
  declare fault: string | null;

  constructor() {
    super();
    this.isAsking = false;
    this.fault = null;
    follow(this, () => session.changes);
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector("input")?.focus();
  }

  protected override render() {
    const { endedMs, state } = session;
    return html`<section aria-labelledby="title">
      <h1 id="title">${msg("Sign in")}</h1>
      ${
        endedMs === null
          ? nothing
          : html`<p class="ended" role="alert" data-testid="session-ended">
              ${msg(str`Your sign-in ended at ${timeOfDay(endedMs)}: no bed is watched on this screen, and no alarm comes to it.`)}
            </p>`
      }
      ${state?.signIn === "elsewhere" ? html`<p>${msg("This ward's sign-in stands before this page: load the page again by the address that leads through it.")}</p>` : this.renderForm()}
    </section>`;
  }

  private renderForm() {
    return html`<form @submit=${(event: SubmitEvent) => void this.submit(event)}>
      <label
        >${msg("Name")}
        <input name="name" maxlength="64" required autocomplete="username" autocapitalize="off" spellcheck="false"
      /></label>
      <label
        >${msg("Password")}
        <input name="password" type="password" maxlength="256" required autocomplete="current-password"
      /></label>
      <button data-testid="sign-in" ?disabled=${this.isAsking}>${msg("Sign in")}</button>
      <p class="fault" role="alert" data-testid="sign-in-fault">${this.fault ?? nothing}</p>
    </form>`;
  }

  private async submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget;
    if (!(form instanceof HTMLFormElement) || this.isAsking) return;
    const fields = new FormData(form);
    this.isAsking = true;
    this.fault = await session.signIn(String(fields.get("name")).trim(), String(fields.get("password")));
    this.isAsking = false;
    const password = form.querySelector<HTMLInputElement>("[type=password]");
    if (this.fault === null || !password) return;
    password.value = "";
    password.focus();
  }

  static override styles = [
    shared,
    controls,
    css`
      :host {
        display: grid;
        place-items: center;
        min-height: 100%;
        padding: 1rem 0;
      }
      section {
        display: grid;
        gap: 1rem;
        width: min(24rem, 100%);
        padding: 1.5rem;
        background: var(--panel);
        border: 1px solid var(--line);
        border-radius: 10px;
      }
      h1 {
        font-size: 1.5rem;
        font-weight: 700;
      }
      form,
      label {
        display: grid;
        gap: 0.375rem;
      }
      form {
        gap: 1rem;
      }
      label {
        font-size: 0.9375rem;
        color: var(--ink-dim);
      }
      label input:not([type="checkbox"]) {
        width: 100%;
        min-height: 2.75rem;
        font-size: 1.0625rem;
      }
      button {
        min-height: 2.75rem;
        font-size: 1.0625rem;
        font-weight: 650;
      }
      .ended {
        padding: 0.75rem;
        font-weight: 600;
        color: var(--high-ink);
        background: var(--high-fill);
        border-radius: 6px;
      }
      .fault {
        min-height: 1.5em;
        font-weight: 600;
        color: var(--medium);
      }
    `,
  ];
}

customElements.define("sign-in", SignInPage);
