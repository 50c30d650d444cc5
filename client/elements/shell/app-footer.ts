import { css, html, LitElement } from "lit";
import type { Model } from "../../../contracts/api.ts";
import { fetchModel } from "../../api.ts";
import { consume, settingsContext, wardContext } from "../../context.ts";
import { pageHref } from "../../controllers/route.ts";
import { follow } from "../../controllers/follow.ts";
import { shared } from "../../styles/shared.ts";
import { DISPLAY_BAND_HZ } from "../../trace/samples/display-filter.ts";

/** The model that names the beats, and how traces are drawn. */
export class AppFooter extends LitElement {
  static override properties = { model: { state: true } };
  declare model: Model | null;
  private readonly ward = consume(this, wardContext);
  private readonly settings = consume(this, settingsContext);
  private wasLive = false;

  constructor() {
    super();
    this.model = null;
    follow(this, () => this.ward.value.changes.connection);
    follow(this, () => this.ward.value.changes.rejected);
    follow(this, () => this.settings.value.changes);
  }

  /** Asks for the model at each connection: the server may have come back with another. */
  protected override updated(): void {
    const isLive = this.ward.value.connection.status === "live";
    if (isLive && !this.wasLive) void this.askModel();
    this.wasLive = isLive;
  }

  protected override render() {
    const { model } = this;
    const { rejected } = this.ward.value;
    const { low, high } = DISPLAY_BAND_HZ;
    const { speedMmPerS, gainMmPerMv } = this.settings.value.values;
    return html`
      <p data-testid="model">
        ${model ? html`<a href=${pageHref("model")}>Model ${model.name}</a> · engine ${model.engine} · <code>${model.hash}</code>` : "Model unknown"}
      </p>
      ${rejected > 0 ? html`<p class="rejected">${rejected} unreadable messages</p>` : ""}
      <p class="scale">${speedMmPerS} mm/s · ${gainMmPerMv} mm/mV · grid 1 and 5 mm · ${low}–${high} Hz</p>
    `;
  }

  private async askModel(): Promise<void> {
    this.model = await fetchModel();
  }

  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 2px 18px;
        padding: 5px 14px;
        border-top: 1px solid var(--line);
        font-size: 12px;
        color: var(--ink-dim);
      }
      code {
        font-family: ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace;
      }
      .rejected {
        color: var(--medium);
      }
    `,
  ];
}

customElements.define("app-footer", AppFooter);
