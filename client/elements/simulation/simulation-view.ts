import { msg, str } from "@lit/localize";
import { css, html, LitElement } from "lit";
import { fetchSimulation } from "../../api.ts";
import { consume, wardContext } from "../../context.ts";
import { follow } from "../../controllers/follow.ts";
import { simulationHref } from "../../controllers/route.ts";
import { documentStyles } from "../../styles/document.ts";
import { shared } from "../../styles/shared.ts";
import { Wish } from "../../simulation/wish.ts";
import type { MonitoredBed } from "../../ward/monitored-bed.ts";
import "./bed-response.ts";
import "./play-controls.ts";

/** The demonstration: what a bed plays is chosen here, and beside it trace, trust, classes and alarms answer. */
export class SimulationView extends LitElement {
  static override properties = { name: { attribute: false } };
  /** The bed; null: the first that there is. */
  declare name: string | null;
  private readonly ward = consume(this, wardContext);
  private wish: Wish | null = null;

  constructor() {
    super();
    this.name = null;
    follow(this, () => this.ward.value.changes.beds);
    follow(this, () => this.bed?.changes ?? null);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.wish?.stop();
    this.wish = null;
  }

  private get bed(): MonitoredBed | undefined {
    const { beds, sortedBeds } = this.ward.value;
    return this.name === null ? sortedBeds[0] : beds.get(this.name);
  }

  protected override willUpdate(): void {
    const { bed } = this;
    if (this.wish?.bed === bed) return;
    this.wish?.stop();
    this.wish = bed ? new Wish(bed) : null;
    if (bed && !bed.simulation) void this.load(bed);
  }

  protected override render() {
    const { bed, wish } = this;
    return html`
      <h1>${msg("Demonstration")}</h1>
      <p class="dim">
        ${msg("Choose what a bed plays, drag noise onto it, or take its leads off, and watch how the monitor answers. What is mixed in stands on the bed's trace, on every screen.")}
      </p>
      ${this.renderBeds(bed)}
      ${
        bed && wish
          ? html`<bed-response .bed=${bed}></bed-response><play-controls .wish=${wish}></play-controls>`
          : html`<section><p>${this.renderNone()}</p></section>`
      }
    `;
  }

  private renderNone() {
    if (this.name !== null) return msg(str`Nothing was heard of bed ${this.name} so far. Choose another bed.`);
    return html`${msg(html`There are no beds yet. <code>npm start</code> brings its own; beside processes of their own, <code>npm run simulate</code> does.`)}`;
  }

  private renderBeds(shown: MonitoredBed | undefined) {
    const { sortedBeds } = this.ward.value;
    return html`<label class="bed"
      >${msg("Bed")}
      <select
        data-testid="bed"
        @change=${({ target }: Event) => {
          if (target instanceof HTMLSelectElement) location.hash = simulationHref(target.value).slice(2);
        }}
      >
        ${sortedBeds.map(({ bed }) => html`<option value=${bed} ?selected=${bed === shown?.bed}>${bed}</option>`)}
      </select></label
    >`;
  }

  private async load(bed: MonitoredBed): Promise<void> {
    const said = await fetchSimulation(bed.bed);
    if (!said || bed.simulation) return;
    bed.addSimulation(said);
    bed.changes.tell();
  }

  static override styles = [
    shared,
    documentStyles,
    css`
      .bed {
        display: inline-flex;
        align-items: center;
        gap: 0.5rem;
        margin-top: 0.75rem;
      }
    `,
  ];
}

customElements.define("simulation-view", SimulationView);
