import { msg } from "@lit/localize";
import { css, html, LitElement } from "lit";
import { CONDITION_KINDS } from "../../../contracts/condition.ts";
import { conditionWords } from "../../words/conditions.ts";
import { consume, wardContext } from "../../context.ts";
import { follow } from "../../controllers/follow.ts";
import { documentPartStyles } from "../../styles/document.ts";
import { shared } from "../../styles/shared.ts";
import { type EpisodeFilter, NO_FILTER } from "../../review/filter.ts";

/** Which alarms are listed: by kind, bed and time. A `change` event has the filter. */
export class EpisodeFilterForm extends LitElement {
  static override properties = { filter: { attribute: false } };
  declare filter: EpisodeFilter;
  private readonly ward = consume(this, wardContext);

  constructor() {
    super();
    this.filter = NO_FILTER;
    follow(this, () => this.ward.value.changes.beds);
  }

  protected override render() {
    const { kind, bed, hours } = this.filter;
    const beds = this.ward.value.sortedBeds.map((one) => one.bed);
    const all = bed === "" || beds.includes(bed) ? beds : [...beds, bed];
    return html`
      <label
        >${msg("Kind")}
        <select data-testid="kind" @change=${(event: Event) => this.tell({ kind: valueOf(event) })}>
          <option value="">${msg("All")}</option>
          ${Object.keys(CONDITION_KINDS).map((name) => html`<option value=${name} ?selected=${name === kind}>${conditionWords({ kind: name, lead: "" })}</option>`)}
        </select></label
      >
      <label
        >${msg("Bed")}
        <select data-testid="bed" @change=${(event: Event) => this.tell({ bed: valueOf(event) })}>
          <option value="">${msg("All")}</option>
          ${all.map((name) => html`<option ?selected=${name === bed}>${name}</option>`)}
        </select></label
      >
      <label
        >${msg("Time")}
        <select data-testid="hours" @change=${(event: Event) => this.tell({ hours: Number(valueOf(event)) || null })}>
          <option value="">${msg("All")}</option>
          <option value="1" ?selected=${hours === 1}>${msg("Last hour")}</option>
          <option value="12" ?selected=${hours === 12}>${msg("Last 12 hours")}</option>
          <option value="24" ?selected=${hours === 24}>${msg("Last 24 hours")}</option>
        </select></label
      >
    `;
  }

  private tell(change: Partial<EpisodeFilter>): void {
    this.dispatchEvent(new CustomEvent("change", { detail: { ...this.filter, ...change } }));
  }

  static override styles = [
    shared,
    documentPartStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: repeat(3, minmax(0, 1fr));
        gap: 0.5rem;
      }
      label {
        font-size: 0.875rem;
        color: var(--ink-dim);
      }
      select {
        width: 100%;
        padding: 0.25rem;
      }
    `,
  ];
}

const valueOf = ({ target }: Event): string => (target instanceof HTMLSelectElement ? target.value : "");

customElements.define("episode-filter", EpisodeFilterForm);
