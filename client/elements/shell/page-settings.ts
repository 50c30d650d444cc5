import { msg } from "@lit/localize";
import { css, html, LitElement, nothing } from "lit";
import { consume, settingsContext } from "../../context.ts";
import { keysWanted } from "../../controllers/keys.ts";
import { follow } from "../../controllers/follow.ts";
import { type Theme, THEMES } from "../../controllers/settings.ts";
import { type Language, LANGUAGES } from "../../locales/locale.ts";
import { controls, dialogs, shared } from "../../styles/shared.ts";
import "./display-settings.ts";
import "./signed-in.ts";
import { tourWanted } from "./newcomer-tour.ts";

/** Each language by its own name. */
const NAMES: Readonly<Record<Language, string>> = { en: "English", de: "Deutsch" };

/** What of the page can be chosen for this screen, behind one button. */
export class PageSettings extends LitElement {
  static override properties = { isOpen: { state: true } };
  declare isOpen: boolean;
  private readonly settings = consume(this, settingsContext);

  constructor() {
    super();
    this.isOpen = false;
    follow(this, () => this.settings.value.changes);
  }

  protected override render() {
    const { theme, language, letterKeys } = this.settings.value.values;
    return html`
      <button
        type="button"
        class="open"
        aria-haspopup="dialog"
        @click=${() => {
          this.isOpen = true;
          this.renderRoot.querySelector("dialog")?.showModal();
        }}
      >
        ${msg("Settings")}
      </button>
      <dialog aria-labelledby="title" @close=${() => (this.isOpen = false)}>
        <h2 id="title">${msg("Settings of this screen")}</h2>
        <signed-in></signed-in>
        ${this.isOpen ? html`<display-settings></display-settings>` : nothing}
        <label
          >${msg("Colours")}
          <select
            data-testid="theme"
            @change=${({ target }: Event) => {
              const chosen = THEMES.find((one) => target instanceof HTMLSelectElement && one === target.value);
              if (chosen) this.settings.value.set({ theme: chosen });
            }}
          >
            ${THEMES.map((one) => html`<option value=${one} .selected=${one === theme}>${themeWords(one)}</option>`)}
          </select></label
        >
        <label
          >${msg("Language")}
          <select
            data-testid="language"
            @change=${({ target }: Event) => {
              if (!(target instanceof HTMLSelectElement)) return;
              this.settings.value.set({ language: target.value });
              location.reload();
            }}
          >
            <option value="system" .selected=${language === "system"}>${msg("As this device is set")}</option>
            ${LANGUAGES.map((one) => html`<option value=${one} lang=${one} .selected=${one === language}>${NAMES[one]}</option>`)}
          </select></label
        >
        <label
          ><input
            type="checkbox"
            data-testid="letter-keys"
            .checked=${letterKeys}
            @change=${({ target }: Event) => {
              if (target instanceof HTMLInputElement) this.settings.value.set({ letterKeys: target.checked });
            }}
          />
          ${msg("Single letters are keys")}</label
        >
        <div class="more">
          <button type="button" @click=${() => this.leadTo(() => keysWanted.tell())}>${msg("Keys")}</button>
          <button type="button" @click=${() => this.leadTo(() => tourWanted.tell())}>${msg("Tour")}</button>
        </div>
        <p>${msg("Kept in this browser. Nobody else's screen changes.")}</p>
        <form method="dialog"><button>${msg("Close")}</button></form>
      </dialog>
    `;
  }

  private leadTo(where: () => void): void {
    this.renderRoot.querySelector("dialog")?.close();
    where();
  }

  static override styles = [
    shared,
    controls,
    dialogs,
    css`
      dialog[open] {
        width: 26rem;
        display: grid;
        gap: 0.875rem;
      }
      label {
        display: flex;
        align-items: center;
        gap: 0.625rem;
        font-size: 1rem;
      }
      .open {
        font-size: 0.875rem;
      }
      select {
        flex: 1;
      }
      input {
        width: 1.125rem;
        height: 1.125rem;
        accent-color: var(--focus);
      }
      /* The header has them where there is room. */
      @media (min-width: 601px) {
        display-settings {
          display: none;
        }
      }
      .more {
        display: flex;
        gap: 0.5rem;
      }
      p {
        font-size: 0.875rem;
        color: var(--ink-dim);
      }
    `,
  ];
}

function themeWords(theme: Theme): string {
  switch (theme) {
    case "system":
      return msg("As this device is set");
    case "dark":
      return msg("Dark");
    case "light":
      return msg("Light");
  }
}

customElements.define("page-settings", PageSettings);
