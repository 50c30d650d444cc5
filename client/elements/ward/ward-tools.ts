import { msg, str } from "@lit/localize";
import { css, html, LitElement } from "lit";
import { consume, settingsContext } from "../../context.ts";
import { follow } from "../../controllers/follow.ts";
import { kiosk } from "../../controllers/kiosk.ts";
import { WARD_ORDERS, WARD_SHOWS, type WardValues } from "../../controllers/settings.ts";
import { controls, shared } from "../../styles/shared.ts";

const ORDERS: Readonly<Record<WardValues["order"], () => string>> = {
  auto: () => msg("as they fit"),
  beds: () => msg("by bed"),
  alarms: () => msg("alarms first"),
};
const SHOWS: Readonly<Record<WardValues["show"], () => string>> = {
  all: () => msg("all beds"),
  calling: () => msg("beds with alarms"),
};

/** What is shown of the ward, and in which order. Fires `find` with the text (CustomEvent<string>). */
export class WardTools extends LitElement {
  static override properties = { shown: { type: Number }, count: { type: Number } };
  /** Beds that are shown, of so many. */
  declare shown: number;
  declare count: number;
  private readonly settings = consume(this, settingsContext);

  constructor() {
    super();
    this.shown = 0;
    this.count = 0;
    follow(this, () => this.settings.value.changes);
  }

  protected override render() {
    const { order, show } = this.settings.value.ward;
    const { shown, count } = this;
    return html`
      <input
        type="search"
        placeholder=${msg("Find a bed")}
        aria-label=${msg("Find a bed")}
        @input=${this.find}
        @keydown=${this.clear}
      />
      <label
        >${msg("Show")}
        <select @change=${(event: Event) => this.settings.value.setWard({ show: chosen(event, WARD_SHOWS) })}>
          ${WARD_SHOWS.map((value) => html`<option value=${value} ?selected=${value === show}>${SHOWS[value]()}</option>`)}
        </select></label
      >
      <label
        >${msg("Order")}
        <select @change=${(event: Event) => this.settings.value.setWard({ order: chosen(event, WARD_ORDERS) })}>
          ${WARD_ORDERS.map((value) => html`<option value=${value} ?selected=${value === order}>${ORDERS[value]()}</option>`)}
        </select></label
      >
      <p class="shown" role="status">${shown < count ? msg(str`${shown} of ${count} beds shown`) : ""}</p>
      <slot></slot>
      <button @click=${() => void kiosk.enter()} title=${msg("The whole screen, without controls; Escape ends it")}>
        ${msg("Wall screen")}
      </button>
    `;
  }

  private find({ target }: Event): void {
    const detail = target instanceof HTMLInputElement ? target.value : "";
    this.dispatchEvent(new CustomEvent("find", { detail }));
  }

  private clear(event: KeyboardEvent): void {
    if (event.key !== "Escape" || !(event.target instanceof HTMLInputElement)) return;
    event.target.value = "";
    this.find(event);
  }

  static override styles = [
    shared,
    controls,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 0.75rem;
        font-size: 0.875rem;
        color: var(--ink-dim);
      }
      label {
        display: flex;
        align-items: center;
        gap: 0.4rem;
        min-width: 0;
        white-space: nowrap;
      }
      /* Where room is short the menus give way: what is typed must be seen. */
      select {
        min-width: 0;
        flex: 0 1 auto;
      }
      input {
        width: 9rem;
        flex: none;
      }
      button {
        white-space: nowrap;
      }
      .shown {
        flex: 1;
        min-width: 0;
        color: var(--ink);
        font-weight: 600;
      }
      @media (max-width: 900px), (max-height: 500px) {
        label,
        button {
          display: none;
        }
      }
    `,
  ];
}

function chosen<T extends string>({ target }: Event, values: readonly T[]): T {
  const value = target instanceof HTMLSelectElement ? target.value : "";
  return values.find((one) => one === value) ?? values[0];
}

customElements.define("ward-tools", WardTools);
