import { msg, str } from "@lit/localize";
import { css, html, LitElement, nothing } from "lit";
import { consume, settingsContext } from "../../context.ts";
import { follow } from "../../controllers/follow.ts";
import { controls, shared, toolRow } from "../../styles/shared.ts";
import { DISPLAY_FILTER_NAMES, displayBand } from "../../trace/samples/display-filter.ts";
import type { MonitoredBed } from "../../ward/monitored-bed.ts";
import { filterWords } from "../../words/display-filter.ts";

/** By which filter the traces of a bed that is open are drawn, and what that changes. */
export class TraceFilter extends LitElement {
  static override properties = { bed: { attribute: false } };
  declare bed: MonitoredBed;
  private readonly settings = consume(this, settingsContext);

  constructor() {
    super();
    follow(this, () => this.settings.value.changes);
    follow(
      this,
      () => this.bed.changes,
      () => this.bed.trace?.rateHz ?? 0,
    );
  }

  protected override render() {
    const { filter } = this.settings.value.values;
    const rateHz = this.bed.trace?.rateHz ?? null;
    const carriesLess = rateHz !== null && !displayBand(filter, rateHz).isWhole;
    return html`<label
        >${msg("Filter")}
        <select data-testid="filter" @change=${(event: Event) => this.choose(event)}>
          ${DISPLAY_FILTER_NAMES.map(
            (name) => html`<option value=${name} .selected=${name === filter}>${filterWords(name, rateHz)}</option>`,
          )}
        </select></label
      >
      <p class="note">
        ${carriesLess ? html`<b>${msg(str`${rateHz} samples a second carry no more.`)}</b> ` : nothing}
        ${msg("For the eye alone: beats are classified from the signal as it came.")}
      </p>`;
  }

  private choose({ target }: Event): void {
    const chosen = DISPLAY_FILTER_NAMES.find((name) => target instanceof HTMLSelectElement && name === target.value);
    if (chosen) this.settings.value.set({ filter: chosen });
  }

  static override styles = [
    shared,
    controls,
    toolRow,
    css`
      label {
        display: flex;
        align-items: center;
        gap: 0.375rem;
        color: var(--ink-dim);
      }
      .note {
        flex: 1 1 16rem;
        font-size: 0.75rem;
        color: var(--ink-dim);
      }
      .note b {
        font-weight: 600;
        color: var(--ink);
      }
    `,
  ];
}

customElements.define("trace-filter", TraceFilter);
